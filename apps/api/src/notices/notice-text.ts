import type { NoticeAbout, WebhookRow } from "@valet/db";

export interface NoticeText {
  readonly subject: string;
  /** Plain text. No answer of the person and nothing of the page is in it: mail is read by many. */
  readonly body: string;
}

/** What a person reads in their mail: what happened, what it means for them, what to do next. */
export function noticeText(notice: NoticeAbout, publicUrl: string): NoticeText {
  switch (notice.about) {
    case "application":
      return applicationText(notice, publicUrl);
    case "webhook":
      return webhookText(notice.webhook);
  }
}

function applicationText(
  { event, task }: Extract<NoticeAbout, { about: "application" }>,
  publicUrl: string,
): NoticeText {
  const host = new URL(task.jobUrl).hostname;
  const link = event.type === "human_needed" ? event.data.url : linkTo(task.id, publicUrl);
  const about = `Job: ${task.jobUrl}\nApplication: ${link}`;
  switch (event.type) {
    case "human_needed": {
      const until = `It waits until ${inWords(event.data.expiresAt)}. After that it ends, and nothing is sent.`;
      return {
        subject: `${titles[event.data.kind]} (${host})`,
        body: `${event.data.reason}\n\n${until}\n\n${about}\n`,
      };
    }
    case "completed":
      return {
        subject: `Your application is through (${host})`,
        body: `${task.message ?? "The application has come to its end."}\n\n${about}\n`,
      };
    case "failed":
      return {
        subject: `Your application needs a look (${host})`,
        body: `${event.data.message}\n\n${about}\n`,
      };
  }
}

/** Its path may hold a secret, so the host alone is named. */
function webhookText({ id, url, disabledReason }: WebhookRow): NoticeText {
  const host = new URL(url).hostname;
  const why =
    disabledReason === "gone"
      ? "It answered that it is gone for good (410)."
      : "Nothing that was sent there has arrived for a day, with all the tries that were made.";
  return {
    subject: `A webhook was switched off (${host})`,
    body: `${why} It is not told about your applications any more; they go on as before.\n\nOnce the receiver answers again, switch the webhook on, and send it again what it has missed.\n\nReceiver: ${host}\nWebhook: ${id}\n`,
  };
}

type HumanNeeded = Extract<
  Extract<NoticeAbout, { about: "application" }>["event"],
  { type: "human_needed" }
>;

const titles: Readonly<Record<HumanNeeded["data"]["kind"], string>> = {
  review: "Look at your application before it is sent",
  captcha: "A captcha waits for you",
  email_code: "A site has sent you a code",
  sign_in: "A site wants you to sign in",
  consent: "A site asks for your consent",
  attestation: "A form wants your word",
  question: "A form asks something only you know",
  takeover: "Your application waits for you",
};

function linkTo(taskId: string, publicUrl: string): string {
  return new URL(`/tasks/${taskId}`, publicUrl).href;
}

function inWords(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}
