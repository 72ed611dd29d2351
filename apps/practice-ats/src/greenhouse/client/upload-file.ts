import type { Posting, UploadResult } from "../posting.ts";

interface UploadInput {
  readonly posting: Posting;
  readonly fieldId: string;
  readonly file: File;
}

export async function uploadFile({ posting, fieldId, file }: UploadInput): Promise<UploadResult> {
  const body = new FormData();
  body.append("job", posting.job);
  body.append("field", fieldId);
  body.append("file", file, file.name);
  try {
    const response = await fetch(posting.uploadPath, { method: "POST", body });
    if (response.status >= 500) return failed;
    // Boundary: our own server's answer.
    return (await response.json()) as UploadResult;
  } catch {
    return failed;
  }
}

const failed: UploadResult = {
  kind: "refused",
  reason: "The file could not be uploaded. Please attach it again",
};
