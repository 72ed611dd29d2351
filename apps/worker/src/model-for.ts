import {
  type ModelFor,
  type ModelVariables,
  createModel,
  meterModel,
  modelConfigOf,
  priceOf,
} from "@valet/ai";
import { type Db, type ModelUse, reserveModelCall, settleModelCall } from "@valet/db";
import type { Logger } from "@valet/runtime";

const microdollarsPerDollar = 1_000_000;

/** The configured model, whose every call is paid for from what the person may spend; undefined without one. */
export function modelForUses(
  variables: ModelVariables,
  { db, log }: { readonly db: Db; readonly log: Logger },
): ModelFor<ModelUse> | undefined {
  const named = modelConfigOf(variables);
  if (named === undefined) return undefined;
  const caps = {
    taskMicrodollars: variables.VALET_MODEL_TASK_CAP_USD * microdollarsPerDollar,
    dayMicrodollars: variables.VALET_MODEL_DAY_CAP_USD * microdollarsPerDollar,
  };
  return meterModel({
    model: createModel({ ...named, log }),
    price: priceOf(named.model, variables.VALET_MODEL_PRICE),
    meter: {
      async reserve(use: ModelUse, microdollars) {
        const call = { use, model: named.model, microdollars, caps };
        const id = await reserveModelCall(db, call);
        return id === undefined ? undefined : { id };
      },
      settle: (call) => settleModelCall(db, call),
    },
    log,
  });
}
