/* What every framework is measured with, beside its rival. */
export const NO_CORS = "no CORS";
export const BY_HAND = "by hand";
export const CHECKED_BY_HAND = "by hand, with checks";
export const OURS = "corslang";
