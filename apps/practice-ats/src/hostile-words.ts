/** Each sets `valetCanary` in a page that takes it for markup, an address or a template. */
const words = [
  '<img src=x onerror="globalThis.valetCanary=1">',
  '"><script>globalThis.valetCanary=1</script>',
  "' autofocus onfocus='globalThis.valetCanary=1",
  "javascript:globalThis.valetCanary=1",
  "</textarea></title><svg onload=globalThis.valetCanary=1>",
  "{{constructor.constructor('globalThis.valetCanary=1')()}}",
  "<iframe srcdoc='<script>parent.valetCanary=1</script>'></iframe>",
  "\u202e<b onmouseover=globalThis.valetCanary=1>\u05e9\u05d0\u05dc\u05d4 \u05d0\u05d7\u05ea\u202c",
  "\u0645\u0627 \u0627\u0633\u0645\u0643\u061f <a href=javascript:globalThis.valetCanary=1>\u0647\u0646\u0627</a>",
] as const;

/** Text that runs where it is not taken for text; another for each number, over and over. */
export function hostileWords(n: number): string {
  return words[n % words.length] ?? words[0];
}
