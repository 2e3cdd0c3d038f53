/** What a worker thread begins with. */
const { load } = require('./load.js')
const { joinWork } = require('./patience.js')

joinWork()

const { lane } = load('lane.cjs')

module.exports = { lane }
