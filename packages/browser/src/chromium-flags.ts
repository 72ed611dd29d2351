/** What decides how Chromium looks and what it may reach; the rest of the flags is the same for all. */
export interface ChromiumFlagsInput {
  readonly userDataDir: string;
  readonly headless: boolean;
  readonly sandbox: boolean;
  /** Further flags; one that starts with `--disable-features=` would replace the list below. */
  readonly extra: readonly string[];
}

/**
 * The command line of a Valet browser: driven only through the debugging pipe, silent on the network
 * until a page asks for something, and the same from start to start.
 *
 * `--disable-extensions` is absent because Stagehand 4 runs as an extension. So is Playwright's
 * `--disable-prompt-on-repost`, so that a person who presses reload is asked before a form's POST is
 * sent again. A reload by script or by CDP repeats the POST either way: never reload an answer.
 */
export function chromiumFlags(input: ChromiumFlagsInput): string[] {
  return [
    "--remote-debugging-pipe",
    `--user-data-dir=${input.userDataDir}`,
    ...quietFlags,
    ...steadyFlags,
    ...(input.headless ? headlessFlags : []),
    ...(input.sandbox ? [] : ["--no-sandbox"]),
    "--window-size=1280,900",
    ...input.extra,
    "about:blank",
  ];
}

/** Without the first two, Chromium asks its maker for components and for form descriptions. */
const quietFlags = [
  "--component-updater=url-source=http://127.0.0.1:9/",
  "--autofill-server-url=http://127.0.0.1:9/",
  "--disable-background-networking",
  "--disable-breakpad",
  "--disable-component-extensions-with-background-pages",
  "--disable-component-update",
  "--disable-default-apps",
  "--disable-field-trial-config",
  "--disable-sync",
  "--metrics-recording-only",
  "--no-default-browser-check",
  "--no-first-run",
  "--no-service-autorun",
];

/**
 * Playwright's list, what would put its own bubbles over the page (translation, passwords), and the address
 * bar that is a page itself: each window would have a renderer for it, 160 MB that nobody looks at.
 */
const disabledFeatures = [
  "AimEnabled",
  "AutofillServerCommunication",
  "AvoidCorsURLLoaderRestartOnRedirect",
  "AvoidUnnecessaryBeforeUnloadCheckSync",
  "DestroyProfileOnBrowserClose",
  "HttpsFirstBalancedModeAutoEnable",
  "HttpsUpgrades",
  "LensOverlay",
  "MediaRouter",
  "NetworkTimeServiceQuerying",
  "OptimizationHints",
  "PaintHolding",
  "PasswordManagerOnboarding",
  "PreconnectToSearch",
  "ThirdPartyStoragePartitioning",
  "Translate",
  "WebUIOmniboxAimPopup",
  "WebUIOmniboxPopup",
];

/** One argument: of two, Chromium would heed the last alone. */
export const disabledFeaturesArg = `--disable-features=${disabledFeatures.join(",")}`;

const enabledFeatures = ["CDPScreenshotNewSurface", "SkipListAccountsWithoutGaiaCookies"];

const steadyFlags = [
  "--allow-pre-commit-input",
  "--disable-back-forward-cache",
  "--disable-background-timer-throttling",
  "--disable-backgrounding-occluded-windows",
  "--disable-dev-shm-usage",
  disabledFeaturesArg,
  "--disable-hang-monitor",
  "--disable-infobars",
  "--disable-ipc-flooding-protection",
  "--disable-popup-blocking",
  "--disable-renderer-backgrounding",
  "--disable-search-engine-choice-screen",
  `--enable-features=${enabledFeatures.join(",")}`,
  "--enable-unsafe-swiftshader",
  "--force-color-profile=srgb",
  "--password-store=basic",
  "--unsafely-disable-devtools-self-xss-warnings",
];

const headlessFlags = [
  "--headless=new",
  "--hide-scrollbars",
  "--mute-audio",
  "--blink-settings=primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4",
];

/**
 * The profile's settings file: nothing is offered, remembered or filled in by the browser itself,
 * because each value on a form must have a source that Valet knows.
 */
export const chromiumPreferences = {
  autofill: { credit_card_enabled: false, profile_enabled: false },
  credentials_enable_autosignin: false,
  credentials_enable_service: false,
  profile: { password_manager_enabled: false, password_manager_leak_detection: false },
  safebrowsing: { enabled: false },
  search: { suggest_enabled: false },
  translate: { enabled: false },
};
