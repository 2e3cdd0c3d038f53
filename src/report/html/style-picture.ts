import { groundOf } from './day-ground.ts'
import { DAY_LANES } from './day-lanes.ts'

/** Where bars stand, said once a lane: in the picture of each host it would be said some hundreds of times. */
const LANE_GROUNDS = DAY_LANES.map(
  (_, row) => `.bars [data-lane="${row}"]{transform:translate(.5px,${groundOf(row)}px)}`,
).join('')

/** The picture of the day: its heights are those of `day-picture.ts`. */
export const PICTURE_STYLE = `
.day{position:relative;margin-top:1.5rem}
.chart{display:grid;grid-template-columns:11.5rem minmax(0,1fr);column-gap:1rem}
.names{list-style:none;padding:26px 0 0}
.names li{height:36px;padding-top:1px;border-bottom:1px solid var(--line);line-height:16px;font-size:.75rem;color:var(--soft)}
.names b{display:block;font-weight:500;font-size:.8125rem;color:var(--ink)}
.names li,.names b{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.plot{display:block;width:100%;overflow:visible;font-size:11px}
.plot text{fill:var(--soft);text-anchor:middle;transform:translateY(13px)}
.plot use{fill:currentColor}
.plot svg{overflow:visible}
#tick{stroke:var(--hair)}
#midnight{stroke:var(--line)}
.plot .midnight{fill:var(--ink);font-weight:600}
.window{fill:var(--shade);y:20px;height:calc(100% - 20px)}
#edge{stroke:var(--accent);stroke-width:1.5}
.lanes{fill:url(#lanes);y:26px;width:100%;height:calc(100% - 26px)}
.hair{stroke:var(--line)}
.blank{fill:url(#hatch)}
.hatch{stroke:var(--hatch);stroke-width:1.6}
.paper{fill:var(--paper)}
.ran{fill:var(--bar);y:50px;height:5px}
.unsure{fill-opacity:.35}
#boot{color:var(--soft)}
.plot .bars{overflow:hidden}
.bars path{stroke:var(--bar);stroke-width:.8}${LANE_GROUNDS}
.hit{fill:var(--hit,transparent);stroke:var(--ring,none);stroke-width:2}
.marks a{color:var(--soft);cursor:pointer;outline:none}
#trigger{color:var(--bad)}
#support{color:var(--warn)}
#heal{color:var(--good)}
.marks a:hover{--hit:var(--pick)}
.marks .chosen{--hit:var(--pick);--ring:var(--accent)}
.marks a:focus-visible{--ring:var(--accent)}
.grow{stroke:currentColor;stroke-width:var(--grow,0);stroke-linejoin:round}
.some{--grow:2.5;--weight:2.4}
.many{--grow:6;--weight:3.2}
.legend{display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;margin:.6rem 0 0 12.5rem;font-size:.75rem;color:var(--soft)}
.legend .zone{margin-left:auto}
.fleet .legend{margin-left:0}
.swatch{display:inline-block;width:16px;height:10px;margin-right:5px;vertical-align:-1px;border:1px solid var(--line)}
i.swatch{background:var(--shade)}
.tip{position:absolute;z-index:2;max-width:min(27rem,100%);background:var(--paper);border:1px solid var(--line);border-radius:8px;box-shadow:0 4px 16px #0003;padding:.5rem .75rem;font-size:.8125rem;line-height:1.45;pointer-events:none;overflow-wrap:anywhere}
.tip .what{color:var(--soft)}
.fields p{color:var(--soft)}
@media screen and (max-width:46rem){
.chart{grid-template-columns:6.6rem minmax(0,1fr);column-gap:.6rem}
.names li,.names b{font-size:.6875rem}
.minor{display:none}
.legend{margin-left:0}
}
`
