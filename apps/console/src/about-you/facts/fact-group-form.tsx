import { Profile } from "@valet/contracts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { FormProvider, type FieldErrors, type Resolver, useForm } from "react-hook-form";
import { useConsole } from "../../app/console-context.ts";
import { strings } from "../../strings/en.ts";
import { ActButton } from "../../ui/act-button.tsx";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { changeProfile, lookAgain, profileQuery } from "../profile-queries.ts";
import { CompleteLists } from "./complete-lists.tsx";
import { type FactField, type FactGroupName, factGroups } from "./fact-fields.ts";
import { FactInput } from "./fact-input.tsx";
import { type FactValues, valuesOf, withFields, withLists, withPermits } from "./fact-values.ts";
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
  const form = useForm<FactValues>({
    values: valuesOf(profile, fields),
    resetOptions: { keepDirtyValues: true },
    resolver: resolverOf(name, profile),
  });
  const save = useMutation({
    mutationFn: (values: FactValues) =>
      changeProfile(client, (now) => withGroup(name, now, values)),
    onSuccess: (saved) => {
      queries.setQueryData(profileQuery(client).queryKey, saved);
      form.reset(valuesOf(saved, fields));
    },
    onSettled: () => lookAgain(queries),
  });
  const { title, about } = strings.facts.groups[name];
  const { isDirty } = form.formState;
  const missing = missingFacts(profile);
  return (
    <FormProvider {...form}>
      <form
        className="card panel fact-form"
        aria-labelledby={`facts-${name}`}
        noValidate
        onSubmit={(event) => void form.handleSubmit((values) => save.mutate(values))(event)}
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
        {save.error !== null && <ProblemNotice error={save.error} />}
        <div className="fact-acts">
          <ActButton
            type="submit"
            className={isDirty ? "primary" : ""}
            isBusy={save.isPending}
            aria-label={strings.facts.saveOf(title)}
          >
            {strings.facts.save}
          </ActButton>
          <output className="small faint">
            {isDirty ? strings.facts.unsaved : save.isSuccess && strings.facts.saved}
          </output>
        </div>
      </form>
    </FormProvider>
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
  return isName && basics?.name !== undefined ? strings.facts.nameRead(basics.name) : undefined;
}
