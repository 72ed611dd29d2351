const hosts =
  /^(?:log-?in|sign-?in|sso|auth|accounts?|idp?|identity)\.|(?:^|\.)(?:okta|oktapreview|auth0|onelogin|pingone|pingidentity|microsoftonline|b2clogin|duosecurity)\.com$/u;
const paths =
  /\/(?:log-?in|sign-?in|sso|saml2?|oauth2?|openid-connect|authorize|authenticate)(?:[/.;]|$)/iu;

/** Whether an address leads to a page where people sign in. */
export function isSignInAddress({ hostname, pathname }: URL): boolean {
  return hosts.test(hostname.toLowerCase()) || paths.test(pathname);
}
