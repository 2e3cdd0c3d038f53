/** On paper: A4, black on white, without what can only be clicked; shapes and words carry what colours did. */
export const PRINT_STYLE = `
@page{size:A4;margin:14mm 13mm}
@media print{
:root{color-scheme:light;--paper:#fff;--ground:#fff;--ink:#000;--soft:#333;--line:#888;--hair:#ccc;--tint:#fff;--pick:#fff;--accent:#000;--bad:#000;--warn:#000;--doubt:#000;--good:#000;--puzzle:#000;--bar:#777;--shade:#eee;--hatch:#999}
body{font-size:9.5pt;line-height:1.4}
main{max-width:none;padding:0}
.tools,.copy,.tip,h2~a,.hit{display:none!important}
.copyable pre{padding-right:.65rem}
a{color:inherit;text-decoration:none}
.host,.shared,.inputs,.fleet{border:0;border-radius:0;padding:0;margin-top:8mm}
.host{border-top:1.5pt solid #000;padding-top:3mm;content-visibility:visible!important}
.finding h3{font-size:14pt}
figure,tr,.way li,.rules dd,.certain li,.numbers,.finding{break-inside:avoid}
h2,h3,h4,h5,summary{break-after:avoid}
thead{display:table-header-group}
table{font-size:8pt}
th,td{padding:.25rem .6rem .25rem 0}
.chart{grid-template-columns:8.5rem minmax(0,1fr)}
.numbers{grid-template-columns:repeat(3,minmax(0,1fr))}
.numbers dd{font-size:9.5pt}
.legend{margin-left:9.5rem}
.ways{display:block}
.way+.way{margin-top:5mm}
}
`
