import { Profile } from "@valet/contracts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useRef, useSyncExternalStore } from "react";
import {
  FormProvider,
  type FieldErrors,
  type Resolver,
  type UseFormReturn,
  useForm,
} from "react-hook-form";
import { useConsole } from "../../app/console-context.ts";
import { type Draft, isSame } from "../../app/drafts.ts";
import { useHasDraft } from "../../app/use-draft.ts";
import { factStrings } from "../../strings/fact-strings.ts";
import { strings } from "../../strings/en.ts";
import { ActButton } from "../../ui/act-button.tsx";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { changeProfile, lookAgain, profileQuery } from "../profile-queries.ts";
import { CompleteLists } from "./complete-lists.tsx";
import { draftOf, factDrafts, overtakenParts, typedSince, withDraft } from "./fact-drafts.ts";
import { type FactField, type FactGroupName, factGroups } from "./fact-fields.ts";
import { FactInput } from "./fact-input.tsx";
import {
  type FactValues,
  fieldName,
  valuesOf,
  withFields,
  withLists,
  withPermits,
} from "./fact-values.ts";
import { missingFacts } from "./missing-facts.ts";
import { wrongFacts } from "./wrong-facts.ts";
import { WorkPermits } from "./work-permits.tsx";

interface FactGroupFormInput {
  readonly name: FactGroupName;
  readonly profile: Profile;
}

/** One group, saved by itself; what another window saved meanwhile in the others stays. */
export function FactGroupForm({ name, profile }: FactGroupFormInput) {
  const { client } = useConsole();
  const queries = useQueryClient();
  const fields = factGroups[name];
  const saved = valuesOf(profile, fields);
  const form = useDraftForm(name, saved, resolverOf(name, profile));
  const save = useMutation({
    mutationFn: (draft: Draft<FactValues>) =>
      // What was left alone here stays as it was saved elsewhere, in this group as well.
      changeProfile(client, (now) => withGroup(name, now, withDraft(valuesOf(now, fields), draft))),
    onSuccess: (now, { typed: sent }) => {
      const draft = typedSince(form.getValues(), sent, valuesOf(now, fields));
      form.reset(withDraft(valuesOf(now, fields), draft), { keepFieldsRef: true });
      putDraft(name, draft);
      queries.setQueryData(profileQuery(client).queryKey, now);
    },
    onSettled: () => lookAgain(queries),
  });
  const { title, about } = factStrings.groups[name];
  const isUnsaved = useHasDraft(factDrafts, name);
  const missing = missingFacts(profile);
  return (
    <FormProvider {...form}>
      <form
        className="card panel fact-form"
        aria-labelledby={`facts-${name}`}
        noValidate
        onSubmit={(event) =>
          void form.handleSubmit((typed) =>
            save.mutate({ typed, savedThen: factDrafts.read(name)?.savedThen ?? saved }),
          )(event)
        }
      >
        <div>
          <h2 id={`facts-${name}`}>{title}</h2>
          <p className="small faint">{about}</p>
        </div>
        <div className="fact-fields">
          {fields.map((field) => (
            <FactInput
              key={field.pointer}
              field={field}
              hint={hintOf(field, profile)}
              isMissing={missing.some(({ pointer }) => pointer === field.pointer)}
            />
          ))}
        </div>
        {name === "work" && <WorkPermits />}
        {name === "lists" && <CompleteLists />}
        <Overtaken name={name} saved={saved} />
        {save.error !== null && <ProblemNotice error={save.error} />}
        <div className="fact-acts">
          <ActButton
            type="submit"
            className={isUnsaved ? "primary" : ""}
            isBusy={save.isPending}
            aria-label={factStrings.saveOf(title)}
          >
            {factStrings.save}
          </ActButton>
          <output className="small faint">
            {isUnsaved ? strings.unsaved : save.isSuccess && factStrings.saved}
          </output>
        </div>
      </form>
    </FormProvider>
  );
}

/** A form whose values outlive its page: what was typed is kept as it is typed. */
function useDraftForm(
  name: FactGroupName,
  saved: FactValues,
  resolver: Resolver<FactValues>,
): UseFormReturn<FactValues> {
  const form = useForm<FactValues>({
    defaultValues: withDraft(saved, factDrafts.read(name)),
    resolver,
  });
  const shown = useRef(saved);
  const keep = useEffectEvent(() =>
    putDraft(name, draftOf(form.getValues(), saved, factDrafts.read(name))),
  );
  useEffect(() => {
    if (isSame(shown.current, saved)) return;
    shown.current = saved;
    form.reset(withDraft(saved, factDrafts.read(name)), {
      keepFieldsRef: true,
      keepErrors: true,
      keepIsSubmitted: true,
    });
  }, [form, name, saved]);
  useEffect(() => form.subscribe({ formState: { values: true }, callback: () => keep() }), [form]);
  return form;
}

function putDraft(name: FactGroupName, draft: ReturnType<typeof draftOf>): void {
  if (draft === undefined) factDrafts.forget(name);
  else factDrafts.write(name, draft);
}

/** Says what is about to be replaced that this window has not shown. */
function Overtaken({ name, saved }: { readonly name: FactGroupName; readonly saved: FactValues }) {
  const parts = useSyncExternalStore(factDrafts.onChange, () =>
    overtakenParts(saved, factDrafts.read(name)).join(" "),
  ).split(" ");
  const labels = [
    ...factGroups[name]
      .filter(({ pointer }) => parts.includes(fieldName(pointer)))
      .map(({ pointer }) => factStrings.field(pointer).label),
    ...parts.flatMap((part) => factStrings.ofRows(part) ?? []),
  ];
  if (labels.length === 0) return null;
  return (
    <output className="notice" data-tone="ask">
      {factStrings.overtaken(labels)}
    </output>
  );
}

function withGroup(name: FactGroupName, profile: unknown, values: FactValues): unknown {
  if (name === "work") return withPermits(profile, values);
  if (name === "lists") return withLists(profile, values);
  return withFields(profile, factGroups[name], values);
}

/** The contract alone says what can be saved; here only where in the form it is wrong. */
function resolverOf(name: FactGroupName, profile: Profile): Resolver<FactValues> {
  return (values) => {
    const parsed = Profile.safeParse(withGroup(name, profile, values) ?? {});
    if (parsed.success) return { values, errors: {} };
    const wrong = wrongFacts(parsed.error.issues, { fields: factGroups[name], values });
    // Refused for what another group holds, it is for the server to say so.
    if (Object.keys(wrong).length === 0) return { values, errors: {} };
    // Its own type of errors wants an array to be an error as well.
    return { values: {}, errors: wrong as FieldErrors<FactValues> };
  };
}

/** A name of three words is not taken apart: nobody but its bearer knows where. */
function hintOf({ pointer }: FactField, { basics, application }: Profile): string | undefined {
  const isName = pointer === "/application/name/first" && application?.name?.first === undefined;
  return isName && basics?.name !== undefined ? factStrings.nameRead(basics.name) : undefined;
}
