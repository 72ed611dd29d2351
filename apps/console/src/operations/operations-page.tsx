import { useQuery } from "@tanstack/react-query";
import type { ComponentType } from "react";
import { useConsole } from "../app/console-context.ts";
import { whoAmIQuery } from "../app/who-am-i.ts";
import { operationsStrings } from "../strings/operations-strings.ts";
import { ProblemNotice } from "../ui/problem-notice.tsx";
import { useTitle } from "../ui/use-title.ts";
import { EverybodyLimits, type LimitPanelInput, OwnLimits } from "./limit-panels.tsx";
import { HostsPanel, SessionsPanel, WorkersPanel } from "./machines-panels.tsx";
import { limitsQuery, queueQuery, sessionsQuery, workersQuery } from "./operations-queries.ts";
import "./operations.css";
import { OverviewTiles } from "./overview-tiles.tsx";
import { QueuePanel } from "./queue-panel.tsx";
import { WebhooksPanel } from "./webhooks-panel.tsx";

/** How Valet itself is, for admins; their own limits and webhooks for everybody. What a key may not do is not shown. */
export function OperationsPage() {
  const { client } = useConsole();
  const { data: me } = useQuery(whoAmIQuery(client));
  const may = (scope: "read" | "apply" | "account" | "admin") =>
    me?.scopes.includes(scope) === true;
  const isAdmin = may("admin");
  const title = isAdmin ? operationsStrings.title : operationsStrings.titleOfPerson;
  useTitle(me === undefined ? undefined : title);
  if (me === undefined) return null;
  return (
    <div className="ops">
      {isAdmin ? <Machines /> : <h1>{title}</h1>}
      <div className="ops-pair">
        <div className="ops-column">
          {may("read") && <WithLimits show={OwnLimits} mayChange={may("apply")} />}
          {isAdmin && may("account") && <WebhooksPanel />}
        </div>
        {isAdmin && <WithLimits show={EverybodyLimits} mayChange={may("apply")} />}
        {!isAdmin && may("account") && <WebhooksPanel />}
      </div>
    </div>
  );
}

function Machines() {
  const { client } = useConsole();
  const workers = useQuery(workersQuery(client));
  const sessions = useQuery(sessionsQuery(client));
  const queue = useQuery(queueQuery(client));
  const failed = [workers, sessions, queue].find(({ error }) => error !== null);
  const dashboard = workers.data?.dashboardUrl;
  return (
    <>
      <div className="ops-head">
        <h1>{operationsStrings.title}</h1>
        {dashboard != null && (
          <a href={dashboard} target="_blank" rel="noreferrer">
            {operationsStrings.dashboard}
          </a>
        )}
      </div>
      {failed !== undefined && (
        <ProblemNotice error={failed.error} retry={() => void failed.refetch()} />
      )}
      <OverviewTiles workers={workers.data} queue={queue.data} />
      {workers.data !== undefined && (
        <div className="ops-pair">
          <WorkersPanel overview={workers.data} />
          <HostsPanel overview={workers.data} />
        </div>
      )}
      {queue.data !== undefined && <QueuePanel queue={queue.data} />}
      {sessions.data !== undefined && <SessionsPanel overview={sessions.data} />}
    </>
  );
}

interface WithLimitsInput {
  readonly show: ComponentType<LimitPanelInput>;
  readonly mayChange: boolean;
}

function WithLimits({ show: Panel, mayChange }: WithLimitsInput) {
  const { client } = useConsole();
  const { data: limits, error, refetch } = useQuery(limitsQuery(client));
  if (limits !== undefined) return <Panel limits={limits} mayChange={mayChange} />;
  return error === null ? (
    <p className="faint">{operationsStrings.loading}</p>
  ) : (
    <ProblemNotice error={error} retry={() => void refetch()} />
  );
}
