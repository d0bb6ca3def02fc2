import { defineConfig } from "drizzle-kit";

export default defineConfig({ dialect: "sqlite", schema: "./migrations/control.ts", out: "./migrations/control" });
