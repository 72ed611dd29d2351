/**
 * Services whose puzzles a person solves in the page. What they are sent is about the visitor's browser,
 * and an application cannot be sent there.
 */
const services: readonly RegExp[] = [
  /^https:\/\/(?:[\w-]+\.)*hcaptcha\.com\//u,
  /^https:\/\/(?:www\.google\.com|www\.recaptcha\.net)\/recaptcha\//u,
  /^https:\/\/challenges\.cloudflare\.com\//u,
  /^https:\/\/[^/]+\/cdn-cgi\/challenge-platform\//u,
  /^https:\/\/(?:[\w-]+\.)*(?:arkoselabs|funcaptcha)\.com\//u,
  /^https:\/\/(?:[\w-]+\.)*geetest\.com\//u,
  /^https:\/\/(?:[\w-]+\.)*friendlycaptcha\.(?:com|eu)\//u,
];

export function isCaptchaService(url: string): boolean {
  return services.some((service) => service.test(url));
}
