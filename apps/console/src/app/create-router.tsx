import { isValetError } from "@valet/contracts";
import type { ValetClient } from "@valet/client";
import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from "@tanstack/react-router";
import { z } from "zod";
import { BoardSearch } from "../board/board-filters.ts";
import { SignInPage } from "../sign-in/sign-in-page.tsx";
import { keepDraftsOf } from "./drafts.ts";
import { BrokenPage, LostPage } from "./lost-page.tsx";
import { Shell } from "./shell.tsx";
import { whoAmIQuery } from "./who-am-i.ts";

interface RouterContext {
  readonly client: ValetClient;
  readonly queries: QueryClient;
}

const root = createRootRouteWithContext<RouterContext>()({
  notFoundComponent: LostPage,
  errorComponent: BrokenPage,
});

const signInRoute = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: z.object({ from: z.string().optional().catch(undefined) }),
  component: SignInPage,
});

const signedIn = createRoute({
  getParentRoute: () => root,
  id: "signed-in",
  beforeLoad: async ({ context, location }) => {
    try {
      const me = await context.queries.ensureQueryData(whoAmIQuery(context.client));
      keepDraftsOf(me.id);
    } catch (error) {
      if (!isValetError(error, "UNAUTHORIZED")) throw error;
      const from = location.href === "/" ? undefined : location.href;
      throw redirect({ to: "/sign-in", search: { from }, replace: true });
    }
  },
  component: Shell,
});

const boardRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/",
  validateSearch: BoardSearch,
  component: lazyRouteComponent(() => import("../board/board-page.tsx"), "BoardPage"),
});

const applicationRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/applications/$id",
  component: lazyRouteComponent(
    () => import("../application/application-page.tsx"),
    "ApplicationPage",
  ),
});

const livePageRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/applications/$id/live",
  component: lazyRouteComponent(() => import("../live-view/live-page.tsx"), "LivePage"),
});

const liveGridRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/live",
  component: lazyRouteComponent(() => import("../live-view/live-grid-page.tsx"), "LiveGridPage"),
});

const batchRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/batch/$id",
  component: lazyRouteComponent(() => import("../batch/batch-page.tsx"), "BatchPage"),
});

const operationsRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/operations",
  component: lazyRouteComponent(
    () => import("../operations/operations-page.tsx"),
    "OperationsPage",
  ),
});

const newRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/new",
  component: lazyRouteComponent(() => import("../new/new-page.tsx"), "NewPage"),
});

const startRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/start",
  validateSearch: z.object({ resume: z.string().optional().catch(undefined) }),
  component: lazyRouteComponent(() => import("../about-you/resume/resume-page.tsx"), "ResumePage"),
});

const factsRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/start/facts",
  component: lazyRouteComponent(() => import("../about-you/facts/facts-page.tsx"), "FactsPage"),
});

const answersRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/start/answers",
  component: lazyRouteComponent(
    () => import("../about-you/answers/answers-page.tsx"),
    "AnswersPage",
  ),
});

const routes = root.addChildren([
  signInRoute,
  signedIn.addChildren([
    boardRoute,
    applicationRoute,
    livePageRoute,
    liveGridRoute,
    batchRoute,
    operationsRoute,
    newRoute,
    startRoute,
    factsRoute,
    answersRoute,
  ]),
]);

export function createConsoleRouter(context: RouterContext) {
  return createRouter({
    routeTree: routes,
    context,
    defaultPreload: "intent",
    scrollRestoration: true,
  });
}

export type ConsoleRouter = ReturnType<typeof createConsoleRouter>;

declare module "@tanstack/react-router" {
  interface Register {
    router: ConsoleRouter;
  }
}
