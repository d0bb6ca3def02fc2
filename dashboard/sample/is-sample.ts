import { signal } from "@preact/signals";

/** The service of lines that the dashboard makes up itself. */
export const SAMPLE_SERVICE = "sample-shop";

/** Lines of such services are nobody's: they carry a badge wherever the service is named. */
export const isSample = (service: string): boolean => service.startsWith("sample-");

/** How this page's sample traffic goes; undefined where there is none. */
export const sampleTraffic = signal<{ sent: number; endsMs: number; problem?: string } | undefined>(undefined);
