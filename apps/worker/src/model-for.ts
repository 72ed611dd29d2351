import { type ModelFor, createModel, meterModel, modelConfigOf, priceOf } from "@valet/ai";
import { type Db, type ModelUse, reserveModelCall, settleModelCall } from "@valet/db";
import type { Logger } from "@valet/runtime";
import type { Config } from "./config.ts";

const microdollarsPerDollar = 1_000_000;

/** The configured model, whose every call is paid for from what the person may spend; undefined without one. */
export function modelForUses(
  config: Config,
  { db, log }: { readonly db: Db; readonly log: Logger },
): ModelFor<ModelUse> | undefined {
  const named = modelConfigOf(config);
  if (named === undefined) return undefined;
  const caps = {
    taskMicrodollars: config.VALET_MODEL_TASK_CAP_USD * microdollarsPerDollar,
    dayMicrodollars: config.VALET_MODEL_DAY_CAP_USD * microdollarsPerDollar,
  };
  return meterModel({
    model: createModel({ ...named, log }),
    price: priceOf(named.model, config.VALET_MODEL_PRICE),
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
