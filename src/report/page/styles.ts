import { lookVariables, svgStyles } from "../graph/svg-styles.ts";

/** The styles of a page, for light and dark, narrow and wide, screen and paper. Nothing in them comes from elsewhere. */
export const pageStyles: string = `:root{color-scheme:light dark;--text:light-dark(#1f2430,#e6e8ee);--muted:light-dark(#5b6272,#a4acba);--back:light-dark(#fbfbfc,#14171c);--card:light-dark(#fff,#1b1f26);--line:light-dark(#dfe2e8,#333a45);--arrow:light-dark(#8a92a1,#7b8494);--link:light-dark(#1d4ed8,#9db8ff);--bad:light-dark(#b42318,#ffa198);--good:light-dark(#15713c,#7ddfa0);--lit:light-dark(#8a4104,#fbbf60);--add:light-dark(#e6f6ec,#15301f);--del:light-dark(#fdecea,#3b1b1a);--w:light-dark(#d5d9e0,#3b424e);--q:light-dark(#b5a4e0,#7662ad);--r:light-dark(#9cc4e4,#3f6f96);--s:light-dark(#5b9bd5,#5b9bd5);--u:light-dark(#2f9e62,#3cab70);--p:light-dark(#d9822b,#e0913d);--b:light-dark(#7a8fa6,#8ea3ba)}
:root[data-theme=light]{color-scheme:light}
:root[data-theme=dark]{color-scheme:dark}
*{box-sizing:border-box}
body{margin:0;background:var(--back);color:var(--text);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif}
main,header,footer{max-width:1200px;margin:0 auto;padding:0 20px}
header{padding-top:28px}
h1{font-size:24px;line-height:1.25;margin:0 0 4px;overflow-wrap:anywhere}
h2{font-size:18px;margin:40px 0 12px}
[id]{scroll-margin-top:64px}
h3{font-size:15px;margin:20px 0 6px}
p{margin:6px 0}
a{color:var(--link)}
a:focus-visible,summary:focus-visible,button:focus-visible,input:focus-visible,[tabindex]:focus-visible{outline:2px solid var(--link);outline-offset:2px;border-radius:4px}
code,pre,.id,.path{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:13px}
pre{margin:4px 0;white-space:pre-wrap;overflow-wrap:anywhere}
.muted{color:var(--muted)}
.skip{position:absolute;left:-9999px}
.skip:focus{left:12px;top:12px;background:var(--card);padding:6px 10px;z-index:2}
.bar{position:sticky;top:0;z-index:1;background:var(--back);border-bottom:1px solid var(--line);margin-top:16px}
.bar>div{max-width:1200px;margin:0 auto;padding:8px 20px;display:flex;flex-wrap:wrap;gap:6px 16px;align-items:center}
.bar nav{display:flex;flex-wrap:wrap;gap:4px 14px}
.tools{display:flex;flex-wrap:wrap;gap:6px 8px;align-items:center;margin-left:auto}
.tools[hidden]{display:none}
button,input[type=search]{font:inherit;font-size:14px;color:inherit;background:var(--card);border:1px solid var(--arrow);border-radius:6px;padding:4px 10px}
button{cursor:pointer}
input[type=search]{width:220px;max-width:100%}
.found{font-size:13px;color:var(--muted);min-width:70px}
.card{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:14px 16px;margin:10px 0}
.outcome{font-weight:600}
.good{color:var(--good)}
.bad{color:var(--bad)}
.counts{display:flex;flex-wrap:wrap;gap:8px;list-style:none;margin:14px 0 0;padding:0}
.counts li{background:var(--fill);border:1px solid var(--edge);border-radius:8px;padding:4px 12px}
.counts b{font-size:18px;margin-right:4px}
.facts{display:grid;grid-template-columns:max-content 1fr;gap:2px 16px;margin:12px 0 0}
.facts dt{color:var(--muted)}
.facts dd{margin:0;overflow-wrap:anywhere}
details.change,details.more,details.service{background:var(--card);border:1px solid var(--line);border-radius:8px;margin:6px 0}
details.change{border-left:4px solid var(--edge)}
summary{cursor:pointer;padding:8px 12px;overflow-wrap:anywhere}
.sign{display:inline-block;min-width:1em;font-weight:700;text-align:center}
.id{font-weight:600;font-size:14px}
.word{display:inline-block;background:var(--fill);border:1px solid var(--edge);border-radius:10px;padding:0 8px;font-size:12px;line-height:18px;white-space:nowrap}
.took{float:right;color:var(--muted);font-size:13px;margin-left:8px}
.body{padding:0 14px 12px 30px}
.row{padding:4px 12px;border-top:1px solid var(--line);overflow-wrap:anywhere}
.row:first-of-type{border-top:0}
.diff{border:1px solid var(--line);border-radius:6px;margin:4px 0 10px;overflow:hidden;font:12.5px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.diff div{padding:0 10px;white-space:pre-wrap;overflow-wrap:anywhere}
.diff ins,.diff del{display:block;text-decoration:none;padding:0 10px;white-space:pre-wrap;overflow-wrap:anywhere}
.diff ins{background:var(--add)}
.diff del{background:var(--del)}
.note{font-size:13px;color:var(--muted)}
.failure{border-left:4px solid var(--bad)}
.failure pre{font-size:13px}
.advice{border-left:3px solid var(--lit);padding-left:10px}
.scroll{overflow:auto;max-height:85vh;border:1px solid var(--line);border-radius:8px;background:var(--card);padding:8px}
.scroll svg{display:block;margin:0 auto}
.fit{font-size:14px;display:inline-block;margin:4px 0}
section:has(.fit input:checked) .scroll svg{width:100%;height:auto}
.legend{display:flex;flex-wrap:wrap;gap:4px 14px;list-style:none;padding:0;margin:8px 0;font-size:13px}
.legend span{display:inline-block;width:12px;height:12px;border-radius:3px;margin-right:5px;vertical-align:-1px;background:var(--fill);border:1px solid var(--edge)}
.timeline{display:grid;grid-template-columns:fit-content(280px) minmax(0,1fr) fit-content(260px);column-gap:12px}
.axis,.lanes,.lane{display:grid;grid-column:1/-1;grid-template-columns:subgrid;align-items:center}
.axis{color:var(--muted);font-size:12px}
.axis div{grid-column:2;display:flex;justify-content:space-between}
.lanes{list-style:none;padding:0;margin:0}
.lane{padding:1px 0}
.lane a{overflow:hidden;text-overflow:ellipsis;white-space:nowrap;font:12.5px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;text-decoration:none;color:var(--text)}
.lane a:hover{text-decoration:underline}
.lane svg{display:block;width:100%;height:12px;background:linear-gradient(90deg,var(--line) 1px,transparent 1px) 0 0/25% 100%}
.lane>span{font-size:12px;color:var(--muted);white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
.lane.lit a{font-weight:700;color:var(--lit)}
.lane.lit{background:color-mix(in srgb,var(--lit) 14%,transparent)}
.w{fill:var(--w);background:var(--w)!important}.q{fill:var(--q);background:var(--q)!important}.r{fill:var(--r);background:var(--r)!important}.s{fill:var(--s);background:var(--s)!important}.u{fill:var(--u);background:var(--u)!important}.p{fill:var(--p);background:var(--p)!important}.b{fill:var(--b);background:var(--b)!important}
.steps{--edge:transparent}
table{border-collapse:collapse;width:100%;font-size:14px}
th,td{text-align:left;padding:4px 10px 4px 0;border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:anywhere}
th{color:var(--muted);font-weight:600}
.wide{overflow-x:auto}
.chain{padding-left:22px}
.chain li{margin:4px 0}
.off{display:none!important}
.graph .dim{opacity:.18}
.graph a:focus-visible{outline:none}
.graph a:focus-visible rect,.graph a:hover rect{stroke-width:2.6}
footer{color:var(--muted);font-size:13px;padding:24px 20px 40px}
kbd{border:1px solid var(--line);border-radius:4px;padding:0 4px;font-size:12px}
@media (max-width:640px){main,header,footer{padding-left:12px;padding-right:12px}.bar{position:static}.bar>div{padding:8px 12px}.tools{margin-left:0}.timeline{grid-template-columns:minmax(0,1fr) fit-content(150px)}.axis div{grid-column:1}.lane a{grid-column:1/-1}.body{padding-left:14px}.took{float:none}.facts{grid-template-columns:1fr}.facts dt{margin-top:4px}td,th{padding-right:6px}}
@media print{:root{color-scheme:light}.bar,.skip,.fit,footer{display:none}.scroll{max-height:none;overflow:visible;border:0}.scroll svg{width:100%;height:auto}details.change,.card,.lane{break-inside:avoid}a{color:inherit}}
${svgStyles}
${lookVariables}`;
