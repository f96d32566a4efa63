(()=>{
const box=document.querySelector('.find-in'),field=document.getElementById('fi'),status=document.getElementById('fo');
const items=[...document.querySelectorAll('.gl li')];
const plain=text=>text.toLowerCase().normalize('NFD').replace(/[\u0300-\u036f]/g,'');
box.hidden=false;
field.addEventListener('input',()=>{
const query=plain(field.value.trim());
let count=0;
for(const item of items){item.hidden=query!==''&&!plain(item.textContent).includes(query);if(!item.hidden)count++}
if(query)document.getElementById('g-all').checked=true;
status.textContent=query?count+' / '+items.length:'';
});
addEventListener('beforeprint',()=>document.querySelectorAll('details').forEach(item=>{item.open=true}));
})();
