/** The metadata names of fields that every tenant has; questions have numbers instead. */
const known: Readonly<Record<string, string>> = {
  source: "source--source",
  previousWorker: "previousWorker--candidateIsPreviousWorker",
  country: "country--country",
  firstName: "name--legalName--firstName",
  lastName: "name--legalName--lastName",
  addressLine1: "address--addressLine1",
  city: "address--city",
  region: "address--countryRegion",
  postalCode: "address--postalCode",
  email: "email--email",
  phoneType: "phoneNumber--phoneType",
  phoneCode: "phoneNumber--countryPhoneCode",
  phoneNumber: "phoneNumber--phoneNumber",
  extension: "phoneNumber--extension",
  gender: "personalInfoUS--gender",
  veteran: "personalInfoUS--veteranStatus",
  terms: "termsAndConditions--acceptTermsAndAgreements",
  selfIdentifyName: "selfIdentifiedDisabilityData--name",
  dateSignedOn: "selfIdentifiedDisabilityData--dateSignedOn",
  disabilityStatus: "selfIdentifiedDisabilityData--disabilityStatus",
};

export function domIdOf(fieldId: string): string {
  const own = known[fieldId];
  if (own !== undefined) return own;
  const number = Array.from(fieldId).reduce(
    (sum, sign) => (sum * 31 + sign.charCodeAt(0)) >>> 0,
    7,
  );
  return `primaryQuestionnaire--${number.toString(16).padStart(32, "0")}`;
}
