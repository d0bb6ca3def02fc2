import { useEffect, useRef } from "preact/hooks";
import { PAGES } from "./address/pages.ts";
import { chosenService, place } from "./address/scope.ts";
import { session } from "./api/session.ts";
import { startOverviewFeed } from "./live/overview-feed.ts";
import { Skeleton } from "./panels/answered.tsx";
import { sampleTraffic } from "./sample/is-sample.ts";
import { lazy } from "./shell/lazy.tsx";
import { LostNotice } from "./shell/lost-notice.tsx";
import { Navigation } from "./shell/navigation.tsx";
import { PageOutlet } from "./shell/page-outlet.tsx";
import { isSheetOpen, listenToShortcuts } from "./shell/shortcuts.ts";
import { TopBar } from "./shell/top-bar.tsx";

const SampleNotice = lazy(async () => (await import("./sample/sample-notice.tsx")).SampleNotice);
const ShortcutSheet = lazy(async () => (await import("./shell/shortcut-sheet.tsx")).ShortcutSheet);
const SignIn = lazy(async () => (await import("./pages/sign-in/sign-in.tsx")).SignIn);

export function App() {
  if (session.value === "closed") return <SignIn />;
  return <Shell isOpen={session.value === "open"} />;
}

function Shell({ isOpen }: { isOpen: boolean }) {
  const { page } = place.value;
  const main = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!isOpen) return;
    const socket = startOverviewFeed();
    return () => socket.close();
  }, [isOpen]);
  useEffect(listenToShortcuts, []);
  useTitle();
  useMainFocus(main);
  return (
    <>
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <Navigation />
      <TopBar />
      <main ref={main} id="main" tabIndex={-1}>
        <LostNotice />
        {sampleTraffic.value && <SampleNotice />}
        {isOpen ? <PageOutlet page={page} /> : <Skeleton lines={8} />}
      </main>
      {isSheetOpen.value && <ShortcutSheet />}
    </>
  );
}

function useTitle(): void {
  const { page } = place.value;
  const title = PAGES.find(({ name }) => name === page)?.title ?? "Not found";
  const service = chosenService.value;
  useEffect(() => {
    document.title = `${[service, title].filter(Boolean).join(" · ")} · Weir`;
  }, [title, service]);
}

/** Another page is begun at its top, also by those who go by keyboard or listen. */
function useMainFocus(main: { current: HTMLElement | null }): void {
  const { page, service } = place.value;
  const isFirst = useRef(true);
  // Going to another page is what this is about
  useEffect(() => {
    if (isFirst.current) {
      isFirst.current = false;
      return;
    }
    scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  }, [page, service, main]);
}
