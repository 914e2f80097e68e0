// Preloaded into every process the demo starts: when the channel to the demo closes, the demo is gone, and so are we.
process.on('disconnect', () => process.exit(1))
