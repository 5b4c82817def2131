import { testBrowser } from "./browser-tests.js";
import { startFirefox } from "./programs/firefox.js";

testBrowser("firefox", startFirefox);
