/** The text of a file, as it is when this package is built. Vitest knows such imports; tsup.config.ts has a plugin. */
declare module "*?raw" {
  const text: string;
  export default text;
}
