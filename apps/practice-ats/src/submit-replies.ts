import type { FieldErrors } from "./form-field.ts";

/** The words of both sites where the real ones also say the same thing. */
export const submitReplies = {
  closed: "This job is no longer accepting applications",
  alreadyApplied: "You have already applied to this job",
  notSaved: "We could not save this page. Please send it again",
  softError: "Something went wrong, please try again later",
} as const;

/** What the job `engineer-invalid` always finds wrong. */
export const rejection: FieldErrors = {
  email: "We cannot send mail to this address. Enter another email address",
  phone: "Enter a phone number with its area code",
};

export const extraQuestionLabel =
  "What is the name of the internal referral programme you were invited through?";
