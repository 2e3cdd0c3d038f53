/** The picture of the day: its heights are those of `day-picture.ts`. */
export const PICTURE_STYLE = `
.day{position:relative;margin-top:1.5rem}
.chart{display:grid;grid-template-columns:11.5rem minmax(0,1fr);column-gap:1rem}
.names{list-style:none;padding:26px 0 0}
.names li{height:36px;display:flex;flex-direction:column;justify-content:center;border-bottom:1px solid var(--line);line-height:1.25;min-width:0}
.names b{font-weight:500;font-size:.8125rem;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.names span{font-size:.75rem;color:var(--soft);overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.plot{display:block;width:100%;overflow:visible;font-size:11px}
.plot text{fill:var(--soft);text-anchor:middle}
.plot use{fill:currentColor}
.plot svg{overflow:visible}
.tick path,.minor path{stroke:var(--hair)}
.midnight path{stroke:var(--line)}
.plot .midnight text{fill:var(--ink);font-weight:600}
.window{fill:var(--shade)}
.edge{stroke:var(--accent);stroke-width:1.5}
.lanes{fill:url(#lanes)}
.hair{stroke:var(--line)}
.blank{fill:url(#hatch)}
.hatch{stroke:var(--hatch);stroke-width:1.6}
.paper{fill:var(--paper)}
.ran{fill:var(--bar)}
.unsure{fill-opacity:.35}
.boot{color:var(--soft)}
.plot .bars{overflow:hidden}
.bars path{stroke:var(--bar);stroke-width:.8}
.hit{fill:var(--hit,transparent);stroke:var(--ring,none);stroke-width:2}
.marks a{color:var(--soft);cursor:pointer;outline:none}
.marks .trigger{color:var(--bad)}
.marks .support{color:var(--warn)}
.marks .heal{color:var(--good)}
.marks a:hover{--hit:var(--pick)}
.marks .chosen{--hit:var(--pick);--ring:var(--accent)}
.marks a:focus-visible{--ring:var(--accent)}
.grow{stroke:currentColor;stroke-width:var(--grow,0);stroke-linejoin:round}
.some{--grow:2.5;--weight:2.4}
.many{--grow:6;--weight:3.2}
figcaption{display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;margin:.6rem 0 0 12.5rem;font-size:.75rem;color:var(--soft)}
figcaption .zone{margin-left:auto}
.swatch{display:inline-block;width:16px;height:10px;margin-right:5px;vertical-align:-1px;border:1px solid var(--line)}
i.swatch{background:var(--shade)}
.tip{position:absolute;z-index:2;max-width:min(27rem,100%);background:var(--paper);border:1px solid var(--line);border-radius:8px;box-shadow:0 4px 16px #0003;padding:.5rem .75rem;font-size:.8125rem;line-height:1.45;pointer-events:none;overflow-wrap:anywhere}
.tip .what{color:var(--soft)}
.fields p{color:var(--soft)}
@media screen and (max-width:46rem){
.chart{grid-template-columns:6.6rem minmax(0,1fr);column-gap:.6rem}
.names b,.names span{font-size:.6875rem}
.minor{display:none}
figcaption{margin-left:0}
}
`
