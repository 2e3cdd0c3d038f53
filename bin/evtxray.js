#!/usr/bin/env node
const { load } = require('./load.js')
const { expectShortWork } = require('./patience.js')

load('main.cjs')
  .main(process.argv.slice(2), { expectShortWork })
  .then((exitCode) => {
    process.exitCode = exitCode
  })
