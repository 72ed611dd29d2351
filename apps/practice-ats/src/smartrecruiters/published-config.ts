import type { SmartRecruitersForm } from "./smartrecruiters-form.ts";

/** Which parts the first page has, without their words; what employers ask comes later and is not in it. */
export function publishedConfig(
  { personal }: SmartRecruitersForm,
  { company, id }: { readonly company: string; readonly id: string },
): unknown {
  const part = (field: string) => {
    const found = personal.find((one) => one.id === field);
    return { visible: found !== undefined, required: found?.required ?? false };
  };
  const hidden = { visible: false, required: false };
  return {
    publication: { uuid: id, company: { identifier: company } },
    fieldSets: {
      firstAndLastName: part("first-name"),
      email: part("email"),
      placeOfResidence: { ...part("city"), configuration: { locationType: "CITY" } },
      phoneNumber: part("phone"),
      experience: hidden,
      education: { ...hidden, institution: hidden, educationDates: hidden },
      socialProfiles: {
        linkedIn: part("linkedin"),
        website: part("website"),
        facebook: hidden,
        x: hidden,
      },
      resume: part("resume"),
      messageToHiringManager: part("message"),
    },
  };
}
