import "./styles/base.css";
import "./styles/controls.css";
import { createValetClient } from "@valet/client";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { ConsoleContext } from "./app/console-context.ts";
import { createConsoleRouter } from "./app/create-router.tsx";
import { createQueryClient } from "./app/create-query-client.ts";
import { hasDrafts } from "./app/drafts.ts";
import { createLive } from "./live/create-live.ts";
import { whoAmIQuery } from "./app/who-am-i.ts";
import { followOtherWindows } from "./app/other-windows.ts";
import { applyTheme, readTheme } from "./app/theme.ts";

applyTheme(readTheme());
const client = createValetClient({ url: location.origin });
const onSignedOut = () => void leaveToSignIn();
const queries = createQueryClient(onSignedOut);
const live = createLive(client, onSignedOut);
const router = createConsoleRouter({ client, queries });

/** What was fetched for one person is not shown to the next one. */
async function leaveToSignIn(): Promise<void> {
  const { href, pathname } = router.state.location;
  // Of who was not signed in no login has ended: they are asked to sign in where the page is opened.
  const wasSignedIn = queries.getQueryData(whoAmIQuery(client).queryKey) !== undefined;
  if (pathname === "/sign-in" || !wasSignedIn) return;
  queries.removeQueries({ queryKey: ["me"] });
  await router.navigate({ to: "/sign-in", search: { from: href } });
}

// The browser then asks first, in its own words.
addEventListener("beforeunload", (event) => {
  if (hasDrafts()) event.preventDefault();
});

followOtherWindows();

const place = document.getElementById("root");
if (place === null) throw new Error("This page has no place for the console.");
createRoot(place).render(
  <StrictMode>
    <ConsoleContext value={{ client, live }}>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </ConsoleContext>
  </StrictMode>,
);
