/** What is published, by the names of the folders below `packages/`: each after what it depends on. */
export const PACKAGES = ["runtime", "adapters", "dsl"];
