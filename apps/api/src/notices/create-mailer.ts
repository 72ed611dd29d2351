import type { Notice } from "@valet/db";
import type { Secret } from "@valet/runtime";
import { createTransport } from "nodemailer";
import { noticeText } from "./notice-text.ts";

/** One way to tell a person something outside Valet; mail is the first. */
export interface Notifier {
  readonly name: string;
  /** Rejects when it could not be handed over; then it is tried again. */
  tell(notice: Notice): Promise<void>;
  close(): void;
}

export interface MailerInput {
  /** `smtp://` or `smtps://`, with user and password where the server wants them. */
  readonly smtpUrl: Secret;
  readonly from: string;
  /** Address people open. */
  readonly publicUrl: string;
}

const handOverLimitMs = 10_000;

/** Mail through an SMTP server, to the address in the person's profile; without one nobody is told by mail. */
export function createMailer({ smtpUrl, from, publicUrl }: MailerInput): Notifier {
  const transport = createTransport({
    url: smtpUrl.reveal(),
    connectionTimeout: handOverLimitMs,
    greetingTimeout: handOverLimitMs,
    socketTimeout: handOverLimitMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const host = new URL(publicUrl).hostname;
  return {
    name: "mail",
    async tell(notice) {
      if (notice.email === undefined) return;
      const { subject, body } = noticeText(notice, publicUrl);
      await transport.sendMail({
        from,
        to: { name: "", address: notice.email },
        subject,
        text: body,
        // A second try of the same notice is the same message to whoever files it.
        messageId: `<${notice.id}@${host}>`,
      });
    },
    close: () => transport.close(),
  };
}
