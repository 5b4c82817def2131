/* The milliseconds that importing modules takes. Arguments: their URLs. */
const urls = process.argv.slice(2);
const start = performance.now();
for (const url of urls) await import(url);
console.log(performance.now() - start);
