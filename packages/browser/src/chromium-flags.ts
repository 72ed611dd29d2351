/** What decides how Chromium looks and what it may reach; the rest of the flags is the same for all. */
export interface ChromiumFlagsInput {
  readonly userDataDir: string;
  /** It has a display of its own, on which it is seen. */
  readonly isVisible: boolean;
  readonly sandbox: boolean;
  /** Further flags; one that starts with `--disable-features=` would replace the list below. */
  readonly extra: readonly string[];
}

/** Of a browser's window, bars included, in pixels. */
const windowSize = { width: 1280, height: 900 };

/** Chromium makes a window that is as large as its screen a pixel smaller, and its page with it. */
export const displaySize = { width: windowSize.width + 1, height: windowSize.height + 1 };

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
    ...(input.isVisible ? visibleFlags : headlessFlags),
    ...(input.sandbox ? [] : ["--no-sandbox"]),
    `--window-size=${windowSize.width},${windowSize.height}`,
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
 * Nothing lays windows out on the display, so the browser says where its own is. `--test-type` keeps the bar
 * away that warns of unusual flags and would take 56 px of every page; there is no GPU to look for.
 */
const visibleFlags = ["--window-position=0,0", "--test-type", "--disable-gpu", "--mute-audio"];

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
