// Writes the cost part of docs/limits-and-cost.md from docs/cost/counts.json and the list prices.
import { readFileSync, writeFileSync } from "node:fs";
import { withCostSection } from "../tools/cost/cost-section.ts";

const page = new URL("../docs/limits-and-cost.md", import.meta.url);
const counts = JSON.parse(readFileSync(new URL("../docs/cost/counts.json", import.meta.url), "utf8"));
writeFileSync(page, withCostSection(readFileSync(page, "utf8"), counts));
