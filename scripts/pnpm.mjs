/** The package manager of the workspace, for `npx`: it is not on the path of npm's scripts. */
export const PNPM = "pnpm@12.21.0";
