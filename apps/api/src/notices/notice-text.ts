import type { Notice } from "@valet/db";

export interface NoticeText {
  readonly subject: string;
  /** Plain text. No answer of the person and nothing of the page is in it: mail is read by many. */
  readonly body: string;
}

/** What a person reads in their mail: what happened, what it means for them, what to do next. */
export function noticeText(
  { event, task }: Pick<Notice, "event" | "task">,
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

const titles: Readonly<
  Record<Extract<Notice["event"], { type: "human_needed" }>["data"]["kind"], string>
> = {
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
