try {
  const theme = localStorage.getItem("weir.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be forbidden; the system's theme is shown then.
}
// PAGES is put before this by the build: dashboard/build/boot-script.ts.
for (const href of PAGES[location.pathname.split("/")[1]] ?? []) {
  const link = document.createElement("link");
  const isStyle = href.endsWith(".css");
  link.rel = isStyle ? "stylesheet" : "modulepreload";
  // As the page's own import asks for it, or it would be fetched twice.
  link.crossOrigin = "";
  // What is painted before its style is there would move.
  if (isStyle) link.setAttribute("blocking", "render");
  link.href = href;
  document.head.append(link);
}
