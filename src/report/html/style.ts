import { PICTURE_STYLE } from './style-picture.ts'
import { PRINT_STYLE } from './style-print.ts'

/**
 * Type, colours and layout of the page. Every text has a contrast of 4.5 to 1 and more, in light and in dark: a test
 * measures it.
 */
const PAGE_STYLE = `
:root{color-scheme:light dark;--paper:#fff;--ground:#f5f6f7;--ink:#1a1e23;--soft:#545d68;--line:#d9dee4;--hair:#e9ecef;--tint:#f1f4f8;--pick:#dfebfa;--accent:#0a58a6;--bad:#a8071a;--warn:#8f4700;--doubt:#6d5300;--good:#17663a;--puzzle:#54449a;--bar:#7b8794;--shade:#eef3fa;--hatch:#b3bcc6}
@media (prefers-color-scheme:dark){:root{--paper:#181b1f;--ground:#101215;--ink:#e4e7ea;--soft:#a3acb6;--line:#363d45;--hair:#262b31;--tint:#20252b;--pick:#1f3a5a;--accent:#86bcf7;--bad:#ff8f8a;--warn:#f3ae6d;--doubt:#dfc46c;--good:#7fd09b;--puzzle:#bcb0f2;--bar:#76818d;--shade:#1f2730;--hatch:#56606b}}
*,*::before,*::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-padding-top:1rem}
body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.55 ui-sans-serif,system-ui,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums;overflow-wrap:break-word}
main{max-width:76rem;margin:0 auto;padding:clamp(1rem,3vw,2.5rem) clamp(.75rem,3vw,2.5rem) 4rem}
h1,h2,h3,h4,h5,p,dl,dd,ul,ol,figure,pre{margin:0}
h1,h2,h3,h4,h5{line-height:1.3;font-weight:600;text-wrap:balance;unicode-bidi:isolate;overflow-wrap:anywhere}
h1{font-size:1.5rem;letter-spacing:-.01em}
small{font-size:.8125rem;font-weight:400;color:var(--soft)}
a{color:var(--accent);text-decoration-thickness:1px;text-underline-offset:2px}
a:hover{text-decoration-thickness:2px}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:2px}
code,pre{font-family:ui-monospace,"Cascadia Mono",Consolas,"SF Mono",Menlo,"DejaVu Sans Mono",monospace;font-size:.86em}
code,td,th,dd,.host>header span{unicode-bidi:isolate}
[hidden]{display:none!important}
.sheet{position:absolute}
.v{width:1em;height:1em;flex:none;fill:currentColor;vertical-align:-.12em;margin-right:.45em}
.o{fill:none;stroke:currentColor;stroke-width:var(--weight,1.6);stroke-linecap:round;stroke-linejoin:round}
.is-confirmed{--state:var(--bad)}.is-probable{--state:var(--warn)}.is-possible{--state:var(--doubt)}.is-unknown{--state:var(--puzzle)}.is-healthy{--state:var(--good)}.is-historic,.is-refuted,.is-nothing-found{--state:var(--soft)}
.top dl{display:flex;flex-wrap:wrap;gap:.25rem 2.5rem;margin-top:.9rem}
.top dt,.numbers dt{font-size:.8125rem;color:var(--soft)}
.top dd{font-size:1.1rem;font-weight:600}
.worst{color:var(--state)}
.run{margin-top:.6rem;font-size:.8125rem;color:var(--soft)}
.fleet{margin-top:1.5rem}
.host,.shared,.inputs,.fleet{background:var(--paper);border:1px solid var(--line);border-radius:10px;padding:clamp(1rem,2.2vw,1.75rem)}
.host,.shared,.inputs{margin-top:1.25rem}
.host{border-top:3px solid var(--state);scroll-margin-top:.5rem}
.host+.host{content-visibility:auto;contain-intrinsic-size:auto 40rem}
.host>header{display:flex;flex-wrap:wrap;align-items:baseline;gap:.1rem 1rem}
.host h2{font-size:1.05rem}
.host>header span{font-size:.8125rem;color:var(--soft);overflow-wrap:anywhere}
h2~a{margin-left:auto;font-size:.8125rem}
.finding{margin-top:1rem}
.verdict{display:flex;align-items:center;color:var(--state);font-size:.8125rem;font-weight:700;letter-spacing:.06em}
.host>.verdict{margin-top:.6rem;letter-spacing:0;font-size:1rem;font-weight:600}
.finding h3{font-size:clamp(1.25rem,2.4vw,1.6rem);letter-spacing:-.012em;margin:.15rem 0 .4rem}
.summary,.cause,.certain li,.rules dd,.absent li{max-width:75ch}
.cause{margin-top:.4rem}
.finding .facts{margin-top:.5rem;font-size:.8125rem;color:var(--soft)}
.numbers{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,17rem),1fr));gap:.8rem 2rem;margin-top:1.1rem;padding-top:1rem;border-top:1px solid var(--hair)}
.numbers dd{font-size:.9375rem}
.numbers .wide{grid-column:1/-1}
.numbers small{display:block}
.part,.details,.fold,.host>details{margin-top:1.75rem}
.part>h3,.details>h3{font-size:1.05rem;margin-bottom:.5rem}
.part>h3 small,summary small{margin-left:.4rem}
h4{font-size:.9375rem;margin-bottom:.4rem}
.details section,.absent,.coverage,.disk{margin-top:1.5rem}
summary{cursor:pointer;font-weight:600;font-size:.9375rem;padding:.3rem 0}
.host>details+details{margin-top:.4rem}
.fold[open]>summary,.host>details[open]>summary{margin-bottom:.5rem}
table{width:100%;border-collapse:collapse;font-size:.8438rem;line-height:1.45}
caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
th,td{text-align:left;vertical-align:top;padding:.4rem .9rem .4rem 0;border-bottom:1px solid var(--hair)}
th:last-child,td:last-child{padding-right:0}
thead th{font-weight:500;color:var(--soft);border-color:var(--line);white-space:nowrap;vertical-align:bottom}
tbody th{font-weight:400}
td,tbody th{overflow-wrap:anywhere}
th button{all:unset;cursor:pointer;white-space:nowrap}
th button:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:2px}
th button::after{content:"";display:inline-block;width:.8em;text-align:right}
th[aria-sort] button{color:var(--ink);font-weight:600}
th[aria-sort=ascending] button::after{content:"\\2191";content:"\\2191"/""}
th[aria-sort=descending] button::after{content:"\\2193";content:"\\2193"/""}
.fleet td:is(:nth-child(4),:nth-child(5)){white-space:nowrap}
.fleet td:first-child{white-space:nowrap;color:var(--state);font-size:.8125rem;font-weight:700;letter-spacing:.04em}
.fleet td{vertical-align:middle}
.fleet tbody th{vertical-align:middle}
.fleet tbody th a{font-weight:600;overflow-wrap:anywhere}
.fleet td small{margin-left:.4em}
.none{color:var(--soft)}
.spark{display:block;width:100%;min-width:6rem;height:30px;print-color-adjust:exact;background:repeating-linear-gradient(#0000 0 9px,var(--line) 9px 10px)}
.fleet thead th:last-child{white-space:normal}
.spark path{stroke:var(--bar);stroke-width:1.8}.spark .triggers{stroke:var(--bad)}.spark .logons{stroke:var(--good)}
.tools{display:flex;flex-wrap:wrap;align-items:center;gap:.5rem;margin:0 0 .6rem;font-size:.8438rem}
.tools input,.tools select,.pager button,.copy{font:inherit;color:var(--ink);background:var(--paper);border:1px solid var(--line);border-radius:6px;padding:.3rem .6rem;min-height:2.1rem}
.tools input{flex:1 1 12rem;max-width:22rem;min-width:0}
.tools input::placeholder{color:var(--soft);opacity:1}
.tools output{color:var(--soft);margin-left:auto}
.pager button{min-width:2.1rem;padding:0;cursor:pointer}
.pager button+button{margin-left:.25rem}
.pager button:disabled{color:var(--soft);background:var(--tint);cursor:default}
.evidence td:nth-child(-n+2),.evidence td:nth-child(4){white-space:nowrap}
.evidence td:nth-child(3) b{font-weight:600;white-space:nowrap}
.evidence td:nth-child(3){width:11em;min-width:9.5em}
.evidence td:nth-child(5){width:46%}
.evidence td:nth-child(6){width:8.5em;min-width:8.5em}
.evidence td:nth-child(6){color:var(--soft)}
.evidence small{display:block}
.evidence td p{color:var(--soft)}
.evidence td p b,.fields b{font-weight:600}
.evidence td p b+b,.fields b+b{margin-left:.5em}
.evidence tbody tr{cursor:default}
.evidence tbody tr:hover,.evidence tr.near{background:var(--tint)}
.evidence tr.chosen,.evidence tr:target{background:var(--pick);box-shadow:-4px 0 0 var(--pick),4px 0 0 var(--pick)}
.trigger>td:first-child,span.trigger{color:var(--bad)}.support>td:first-child,span.support{color:var(--warn)}.heal>td:first-child,span.heal{color:var(--good)}.refute>td:first-child,.context>td:first-child{color:var(--soft)}
tr[id]>td:first-child::before,.legend [class]:not(.zone)::before{display:inline-block;width:1.3em}
.trigger>td:first-child::before,span.trigger::before{content:"\\25c6";content:"\\25c6"/""}
.support>td:first-child::before,span.support::before{content:"\\25c7";content:"\\25c7"/""}
.heal>td:first-child::before,span.heal::before{content:"\\2713";content:"\\2713"/""}
.refute>td:first-child::before,span.refute::before{content:"\\2715";content:"\\2715"/""}
.context>td:first-child::before,span.context::before{content:"|";content:"|"/""}
.evidence details{margin-top:.25rem}
.evidence summary{display:inline-block;font-weight:400;font-size:.8125rem;color:var(--accent);padding:0}
.below{font-size:.8125rem;color:var(--soft);margin-top:.6rem}
.below p+p{margin-top:.3rem}
.below code{overflow-wrap:anywhere}
.plain .absent,.plain .unreadable{font-weight:600}
.plain .not-collected,.plain .empty{color:var(--soft)}
.plain code{overflow-wrap:anywhere}
.plain td:nth-child(2){white-space:nowrap}
.plain tbody th{min-width:10em}
.checks td:nth-child(3),.checks td:nth-child(4){min-width:7em}
.checks td:nth-child(5){width:38%}
.folder th{color:var(--soft);padding-top:.8rem}
.coverage :is(td,th):nth-child(3),.inputs :is(td,th):is(:nth-child(2),:nth-child(3)){text-align:right;white-space:nowrap}
.coverage td:nth-child(4),.coverage td:nth-child(5),.disk td:nth-child(5){white-space:nowrap}
.certain ul,.absent ul,.notes{padding:0;list-style:none}
.certain li,.notes li{padding-left:1.1rem;text-indent:-1.1rem}
.certain li::before{content:"\\2192";display:inline-block;width:1.1rem;text-indent:0;color:var(--soft)}
.certain li+li{margin-top:.35rem}
.rules dl{display:grid;grid-template-columns:6.6rem minmax(0,1fr);gap:.35rem .9rem}
.rules dt{white-space:nowrap;font-size:.8125rem;line-height:1.8;font-weight:600}
.rules dt::before{display:inline-block;width:1.35em;font-weight:700;content:"\\2713"}
.rules .no,.rules .unknown{color:var(--soft)}
.rules .no::before{content:"\\2715"}.rules .unknown::before{content:"?"}
.rules dd{grid-column:2;overflow-wrap:anywhere}
th small{display:block}
.rules small a{margin-right:.7em}
.rules small{display:block}
.absent li+li{margin-top:.3rem}
.notes{margin-top:.7rem;font-size:.8438rem}
.way i{color:var(--accent);font-weight:600;font-style:normal;margin-right:.2em}
.way li p{margin-top:.4rem}
.shell,.for{font-size:.8125rem;color:var(--soft)}
.ways{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,30rem),1fr));gap:1.5rem 2rem;margin-top:.7rem}
.way{min-width:0}
.way h5{font-size:.9375rem}
.way h5 small{display:block;font-size:.8438rem}
.way .risk,.way .rollback{font-size:.8438rem;margin-top:.4rem}
.way ol{padding-left:1.5rem;margin-top:.6rem}
.way li{padding-left:.2rem;font-size:.875rem}
.way li+li{margin-top:.6rem}
.way li::marker{color:var(--soft);font-variant-numeric:tabular-nums}
pre{background:var(--tint);border:1px solid var(--hair);border-radius:6px;padding:.45rem .65rem;margin-top:.3rem;white-space:pre-wrap;overflow-wrap:anywhere;line-height:1.45;font-size:.8125rem;unicode-bidi:isolate}
.copyable{position:relative}
.copyable pre{padding-right:4.6rem}
.copy{position:absolute;top:.3rem;right:.3rem;padding:.1rem .5rem;min-height:1.6rem;font-size:.75rem;cursor:pointer}
.copy:hover,.pager button:hover:enabled{border-color:var(--accent);color:var(--accent)}
.shared h3{font-size:1rem;margin-top:1.25rem}
.more{margin-top:1.25rem;font-size:.875rem}
@media screen and (max-width:60rem){
.fleet table,.fleet tbody{display:block}
.fleet thead{display:none}
.fleet td,.fleet tbody th{border:0;padding:0}
.fleet tr{display:grid;grid-template-columns:1fr auto;gap:.15rem 1rem;padding:.7rem 0;border-bottom:1px solid var(--hair)}
.fleet tr[hidden]{display:none}
.fleet tbody th{grid-row:1;grid-column:1}
.fleet td:first-child{grid-row:1;grid-column:2;text-align:right}
.fleet [data-label]::before{content:attr(data-label) " "}
.fleet td:nth-child(3){grid-column:1/3}
.fleet td:is(:nth-child(4),:nth-child(5)){grid-column:1/3;font-size:.8125rem;color:var(--soft)}
.fleet td:nth-child(6){grid-column:1/3;width:auto}
}
@media screen and (max-width:46rem){
.ways{grid-template-columns:minmax(0,1fr)}
.evidence table,.evidence tbody{display:block}
.evidence thead{display:none}
.evidence tr{display:grid;grid-template-columns:auto minmax(0,1fr) auto;gap:.1rem .8rem;padding:.6rem 0;border-bottom:1px solid var(--hair)}
.evidence td{border:0;padding:0}
.evidence td:nth-child(2){grid-column:2/4;text-align:right}
.evidence td:nth-child(3){grid-column:1/3}
.evidence td:nth-child(4){text-align:right;color:var(--soft)}
.evidence td:nth-child(n){width:auto;min-width:0}
.evidence td:nth-child(n+5){grid-column:1/4}
.plain,.plain tbody{display:block}
.plain thead{display:none}
.plain tr{display:flex;flex-wrap:wrap;gap:.05rem .9rem;padding:.45rem 0;border-bottom:1px solid var(--hair)}
.plain th,.plain td{border:0;margin:0;padding:0;min-width:0;max-width:100%}
.plain tbody th{flex:1 0 100%;min-width:0}
.plain td:nth-child(n){width:auto;min-width:0}
.plain td:empty{display:none}
.rules dl{grid-template-columns:minmax(0,1fr);gap:.2rem}
.rules dd{grid-column:1}
.host{border-radius:8px}
}
`

/** The style of the page, in one line: no rule needs a line of its own. */
export const STYLE = `${PAGE_STYLE}${PICTURE_STYLE}${PRINT_STYLE}`.replaceAll('\n', '')
