/** One port to a language model: a question and the shape of its answer in, a typed answer out. */
export { type Model, type ModelInput, createModel } from "./create-model.ts";
export type { Engine, EngineAnswer, FieldToHelp } from "./engines/engine.ts";
export { type FieldHelp, helpField } from "./engines/help-field.ts";
export {
  type MeterInput,
  type ModelFor,
  type SpendMeter,
  meterModel,
} from "./spend/meter-model.ts";
export { type ModelPrice, isPriceKnown, priceOf } from "./spend/model-price.ts";
export { type NamedFields, nameFields } from "./meanings/name-fields.ts";
export { type ModelVariables, modelConfigOf, modelVariables } from "./model-variables.ts";
export type {
  Conversation,
  ConversationPart,
  JsonSchema,
  ModelAnswer,
  Question,
  Unanswered,
  UnansweredKind,
  Usage,
} from "./model-answer.ts";
export { type Blanking, type BlankingInput, createBlanking } from "./engines/create-blanking.ts";
export { type EngineInput, openEngine } from "./engines/open-engine.ts";
export { type DraftFacts, draftFacts } from "./drafts/draft-facts.ts";
export { type DraftedAnswers, draftAnswers } from "./drafts/draft-answers.ts";
