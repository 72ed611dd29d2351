import type { LimitsOverview, PutLimitsBody } from "@valet/contracts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "react-aria-components";
import { useConsole } from "../app/console-context.ts";
import { operationsStrings } from "../strings/operations-strings.ts";
import { ProblemNotice } from "../ui/problem-notice.tsx";
import { clockWords } from "../ui/time-words.ts";
import { useNow } from "../ui/use-now.ts";
import { FactList, type FactRow } from "./fact-list.tsx";
import { LimitForm } from "./limit-form.tsx";
import {
  type LimitPath,
  everybodyPaths,
  flatLimits,
  isSamePath,
  ownPaths,
  withLimit,
} from "./limit-paths.ts";
import { limitWords } from "./limit-words.ts";
import { limitsQuery } from "./operations-queries.ts";

const { limits: l } = operationsStrings;

export interface LimitPanelInput {
  readonly limits: LimitsOverview;
  readonly mayChange: boolean;
}

/** What the person is kept to and has of it. */
export function OwnLimits({ limits, mayChange }: LimitPanelInput) {
  const now = useNow("half-minute");
  const put = usePutLimits();
  const set = (path: LimitPath, value: number | undefined) =>
    put.mutate({ own: withLimit(limits.own, path, value) });
  return (
    <section className="card panel">
      <h2>{l.title}</h2>
      <p className="small faint">{l.intro(limits.timeZone)}</p>
      <FactList
        label={l.title}
        nothing={operationsStrings.none}
        rows={ownRows(limits).map((row) => ({
          ...row,
          ...(mayChange && row.isOwn
            ? { acts: <RemoveLimit path={[row.key]} onRemove={(path) => set(path, undefined)} /> }
            : {}),
        }))}
      />
      {limits.coolDowns.map(({ host, until }) => (
        <p key={host} className="notice" data-tone="ask">
          {l.coolDown(host, clockWords(until, now))}
        </p>
      ))}
      {put.error !== null && <ProblemNotice error={put.error} />}
      {mayChange && (
        <LimitForm
          paths={ownPaths}
          isBusy={put.isPending}
          onSet={(path, value) => set(path, value)}
        />
      )}
    </section>
  );
}

function ownRows({ own, effective, usage }: LimitsOverview): (FactRow & { isOwn: boolean })[] {
  const kinds = [
    { key: "live", used: usage.live },
    { key: "perMinute", used: usage.lastMinute },
    { key: "perDay", used: usage.today },
  ] as const;
  return kinds.map(({ key, used }) => {
    const mine = own[key];
    const isOwn = mine !== undefined;
    const by = !isOwn ? l.everybodyElse : mine > effective[key] ? l.noEffect(mine) : l.you;
    return {
      key,
      isOwn,
      name: limitWords([key]),
      facts: [
        [l.now, used.toLocaleString("en")],
        [l.limit, effective[key].toLocaleString("en")],
        [l.from, by],
      ],
    };
  });
}

/** What everybody is kept to; for admins. */
export function EverybodyLimits({ limits, mayChange }: LimitPanelInput) {
  const put = usePutLimits();
  const said = flatLimits(limits.saidByAdmin);
  const set = (path: LimitPath, value: number | undefined) =>
    put.mutate({ everybody: withLimit(limits.saidByAdmin, path, value) });
  return (
    <section className="card panel">
      <h2>{l.everybody}</h2>
      <p className="small faint">{l.everybodyIntro}</p>
      <FactList
        label={l.everybody}
        isTight
        nothing={operationsStrings.none}
        rows={flatLimits(limits.everybody).map(({ path, value }) => {
          const isSaid = said.some((one) => isSamePath(one.path, path));
          return {
            key: path.join("."),
            name: <bdi>{limitWords(path)}</bdi>,
            facts: [
              [l.limit, value.toLocaleString("en")],
              [l.from, isSaid ? l.admin : l.configured],
            ],
            ...(mayChange && isSaid
              ? { acts: <RemoveLimit path={path} onRemove={(one) => set(one, undefined)} /> }
              : {}),
          };
        })}
      />
      {put.error !== null && <ProblemNotice error={put.error} />}
      {mayChange && (
        <LimitForm
          paths={everybodyPaths}
          isBusy={put.isPending}
          onSet={(path, value) => set(path, value)}
        />
      )}
    </section>
  );
}

function RemoveLimit({
  path,
  onRemove,
}: {
  readonly path: LimitPath;
  readonly onRemove: (path: LimitPath) => void;
}) {
  return (
    <Button
      className="quiet"
      aria-label={l.removeOf(limitWords(path))}
      onPress={() => onRemove(path)}
    >
      {l.remove}
    </Button>
  );
}

function usePutLimits() {
  const { client } = useConsole();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: PutLimitsBody) => client.putLimits(body),
    onSuccess: (limits) => queries.setQueryData(limitsQuery(client).queryKey, limits),
  });
}
