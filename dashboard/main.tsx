import { render } from "preact";
import { listenToNavigation } from "./address/address.ts";
import { place } from "./address/scope.ts";
import { openSession } from "./api/session.ts";
import { App } from "./app.tsx";
import { startClock } from "./live/clock.ts";
import { fetchPage } from "./shell/page-outlet.tsx";
import { startTheme } from "./shell/theme.ts";
import "./tokens.css";
import "./styles/base.css";
import "./styles/shell.css";
import "./styles/top-bar.css";
import "./styles/picker.css";
import "./styles/filter.css";
import "./styles/chips.css";
import "./styles/rail.css";
import "./styles/panels.css";
import "./styles/tables.css";
import "./styles/charts.css";
import "./styles/levels.css";
import "./styles/lines.css";
import "./styles/record-detail.css";
import "./styles/pages.css";

/** On a slow line the frame of the page is shown before what is in it. */
const WAIT_MS = 400;
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

startTheme();
startClock();
listenToNavigation();
void openSession();
void draw();

/**
 * Draws once the script of the page is there, as it mostly is: the boot script asked for it. One that does not come is told
 * of by the page. Not awaited here: that script imports this one, and would wait for it.
 */
async function draw(): Promise<void> {
  await Promise.race([fetchPage(place.value.page).catch(() => undefined), sleep(WAIT_MS)]);
  render(<App />, document.getElementById("app")!);
}
