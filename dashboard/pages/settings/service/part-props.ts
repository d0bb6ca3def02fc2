import type { ServiceSettings } from "../../../../core/settings.ts";

/** What each part of a service's form is given. */
export interface PartProps {
  settings: ServiceSettings;
  set: (part: Partial<ServiceSettings>) => void;
}
