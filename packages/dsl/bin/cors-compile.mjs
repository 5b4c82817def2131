#!/usr/bin/env node
// Here, and not in dist, because package managers link commands before anything is built.
import "../dist/cli.js";
