import { useMutation, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { FieldError, Form, Input, Label, Text, TextField } from "react-aria-components";
import { isValetError } from "@valet/contracts";
import { useConsole } from "../app/console-context.ts";
import { tellOtherWindows } from "../app/other-windows.ts";
import { safeReturn } from "../app/safe-return.ts";
import { BrandMark } from "../app/shell.tsx";
import { whoAmIQuery } from "../app/who-am-i.ts";
import { strings } from "../strings/en.ts";
import { ActButton } from "../ui/act-button.tsx";
import { ProblemNotice } from "../ui/problem-notice.tsx";
import "./sign-in.css";

/** There is nothing else to do on this page. */
const focusOnce = (input: HTMLInputElement | null) => input?.focus();

const route = getRouteApi("/sign-in");

/** The key is given once and goes into no storage of the browser: from then on a cookie that no script reads counts. */
export function SignInPage() {
  const { client } = useConsole();
  const queries = useQueryClient();
  const router = useRouter();
  const { from } = route.useSearch();
  const [key, setKey] = useState("");
  const signIn = useMutation({
    mutationFn: (apiKey: string) => client.logIn(apiKey),
    onSuccess: (me) => {
      // Of whoever was here before nothing is shown.
      queries.clear();
      queries.setQueryData(whoAmIQuery(client).queryKey, me);
      tellOtherWindows(me.id);
      setKey("");
      router.history.replace(safeReturn(from));
    },
  });
  const isWrong = isValetError(signIn.error, "UNAUTHORIZED");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (key.trim() !== "") signIn.mutate(key.trim());
  };
  return (
    <main className="sign-in">
      <h1>
        <BrandMark />
        Valet
      </h1>
      <p>{from === undefined ? strings.signIn.welcome : strings.signIn.again}</p>
      <Form onSubmit={submit}>
        <TextField
          type="password"
          value={key}
          onChange={setKey}
          isRequired
          isInvalid={isWrong}
          validationBehavior="aria"
          autoComplete="off"
        >
          <Label>{strings.signIn.key}</Label>
          <Input ref={focusOnce} spellCheck="false" />
          <Text slot="description">{strings.signIn.where}</Text>
          <FieldError>{isWrong ? strings.signIn.wrong : ""}</FieldError>
        </TextField>
        {signIn.error !== null && !isWrong && <ProblemNotice error={signIn.error} />}
        <ActButton type="submit" className="primary" isBusy={signIn.isPending}>
          {strings.signIn.open}
        </ActButton>
      </Form>
    </main>
  );
}
