/** What a worker thread begins with. */
const { load } = require('./load.js')

const { lane } = load('lane.cjs')

module.exports = { lane }
