import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, Outlet, useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { Button } from "react-aria-components";
import { FollowEvents } from "../board/follow-events.tsx";
import { LiveContext, useIsConnected } from "../live/live-context.ts";
import { strings } from "../strings/en.ts";
import { useConsole } from "./console-context.ts";
import { forgetDrafts } from "./drafts.ts";
import { tellOtherWindows } from "./other-windows.ts";
import "./shell.css";
import { type Theme, chooseTheme, readTheme, themes } from "./theme.ts";
import { whoAmIQuery } from "./who-am-i.ts";

/** Around every page of who is signed in. */
export function Shell() {
  const { live } = useConsole();
  useEffect(() => live.start(), [live]);
  return (
    <LiveContext value={live}>
      <a className="skip" href="#main">
        {strings.shell.skip}
      </a>
      <header className="shell-bar">
        <Link to="/" className="shell-brand">
          <BrandMark />
          <span className="shell-name">Valet</span>
        </Link>
        <nav aria-label={strings.shell.pages}>
          <Link to="/" activeOptions={{ exact: true, includeSearch: false }}>
            {strings.shell.applications}
          </Link>
          <Link to="/new">{strings.shell.newApplication}</Link>
          <Link to="/start">{strings.shell.aboutYou}</Link>
          <Link to="/live">{strings.shell.live}</Link>
          <OperationsLink />
        </nav>
        <div className="shell-end">
          <ThemeChoice />
          <SignOut />
        </div>
      </header>
      <FollowEvents />
      <LostConnection />
      <main id="main" className="page" tabIndex={-1}>
        <Outlet />
      </main>
    </LiveContext>
  );
}

/** Takes no room: nothing moves when a connection comes and goes. */
function LostConnection() {
  const isConnected = useIsConnected();
  return (
    <output className="shell-lost">{!isConnected && <span>{strings.board.lost}</span>}</output>
  );
}

export function BrandMark() {
  return (
    <svg className="brand-mark" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" />
      <path d="M8 9.5 14.6 23h2.8L24 9.5" />
    </svg>
  );
}

function ThemeChoice() {
  const [theme, setTheme] = useState<Theme>(readTheme);
  const next = themes[(themes.indexOf(theme) + 1) % themes.length] ?? "system";
  return (
    <Button
      className="quiet"
      aria-label={strings.shell.themeLabel(theme, next)}
      onPress={() => {
        chooseTheme(next);
        setTheme(next);
      }}
    >
      <span aria-hidden="true" className="theme-icon" data-theme-icon={theme} />
      <span className="wide-only">{strings.shell.themes[theme]}</span>
    </Button>
  );
}

/** By what of it the person may see. */
function OperationsLink() {
  const { client } = useConsole();
  const { data: me } = useQuery(whoAmIQuery(client));
  const isAdmin = me?.scopes.includes("admin") === true;
  return <Link to="/operations">{isAdmin ? strings.shell.operations : strings.shell.limits}</Link>;
}

function SignOut() {
  const { client } = useConsole();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { data: me } = useQuery(whoAmIQuery(client));
  const leave = async () => {
    // A login that has ended already is ended.
    await client.logOut().catch(() => undefined);
    queries.clear();
    forgetDrafts();
    tellOtherWindows();
    await navigate({ to: "/sign-in", search: {} });
  };
  return (
    <Button className="quiet" onPress={() => void leave()}>
      {strings.shell.signOut}
      {me !== undefined && <bdi className="wide-only">{me.name}</bdi>}
    </Button>
  );
}
