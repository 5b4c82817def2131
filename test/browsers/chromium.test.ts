import { testBrowser } from "./browser-tests.js";
import { startChromium } from "./programs/chromium.js";

testBrowser("chromium", startChromium);
