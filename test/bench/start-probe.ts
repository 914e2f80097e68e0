/** Loaded into a process that is measured: tells what it has used when it is asked. */
process.on('message', () => process.send?.({ cpu: process.cpuUsage(), rss: process.memoryUsage.rss() }))
