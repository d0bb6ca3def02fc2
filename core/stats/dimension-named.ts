import { DIMENSIONS, type Dimension } from "../summary/dimensions.ts";

/** The dimension of that name, in the filter language's spelling too: `path_template`. */
export const dimensionNamed = (name: string): Dimension | undefined =>
  DIMENSIONS.find((dimension) => dimension.toLowerCase() === name.replaceAll("_", "").toLowerCase());
