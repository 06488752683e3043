/** The API description as a page to read: plain HTML, one stylesheet, an address for everything, nothing to run. */
import { curlOf } from './page-curl.ts'
import { code, type Html, html, idOf, prose, safe } from './page-html.ts'
import { schemaTable, typeOf } from './page-schema.ts'
import type { Content, Document, Operation, Parameter, Response } from './types.ts'

interface Listed {
  method: string
  path: string
  operation: Operation
}

export function writePage(document: Document): string {
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]): Listed => ({ method: method.toUpperCase(), path, operation })),
  )
  const tags = document.tags.map((tag) => ({
    ...tag,
    operations: operations.filter((one) => one.operation.tags[0] === tag.name),
  }))
  const { title, version, summary, description } = document.info
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${safe(title)} API</title>
<link rel="stylesheet" href="/api/docs/page.css">
</head>
<body>
<a class="skip" href="#content">Skip to the description</a>
<header>
<h1>${safe(title)} API <small>${safe(version)}</small></h1>
<p>${safe(summary)} <a href="/api/v1/openapi.json">OpenAPI 3.1</a></p>
</header>
<nav aria-label="Operations">
<ul>
<li><a href="#basics">Basics</a></li>
${tags.map((tag) => navOf(tag.name, tag.operations))}
<li><a href="#shapes">Shapes</a></li>
</ul>
</nav>
<main id="content">
<section id="basics">
<h2>Basics</h2>
${prose(description)}
</section>
${tags.map(
  (tag) => html`<section id="${safe(tag.name)}">
<h2>${safe(capital(tag.name))}</h2>
<p>${safe(tag.description)}</p>
${tag.operations.map((one) => articleOf(one, document))}
</section>
`,
)}
<section id="shapes">
<h2>Shapes</h2>
${Object.entries(document.components.schemas).map(
  ([name, schema]) => html`<article id="${idOf(name)}">
<h3><a href="#${idOf(name)}">${safe(name)}</a></h3>
${schema.description ? prose(schema.description) : ''}
${schemaTable(schema)}
</article>
`,
)}
</section>
</main>
</body>
</html>
`
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)

function navOf(name: string, operations: Listed[]): Html {
  return html`<li><a href="#${safe(name)}">${safe(capital(name))}</a>
<ul>
${operations.map(({ operation }) => html`<li><a href="#${safe(operation.operationId)}">${safe(operation.operationId.split('.')[1] ?? '')}</a></li>\n`)}</ul>
</li>
`
}

function articleOf({ method, path, operation }: Listed, document: Document): Html {
  const id = safe(operation.operationId)
  const curl = curlOf(method, path, operation, document)
  const ok = Object.entries(operation.responses).filter(([status]) => status < '400')
  const refused = Object.entries(operation.responses).filter(([status]) => status >= '400')
  return html`<article id="${id}">
<h3><a href="#${id}">${safe(operation.summary)}</a></h3>
<p class="address"><b class="method ${method.toLowerCase()}">${method}</b> <code>${safe(path)}</code></p>
${operation.description ? prose(operation.description) : ''}
${parametersOf(operation.parameters ?? [])}
${operation.requestBody ? contentOf('Body', operation.requestBody.content) : ''}
${ok.map(([status, response]) => contentOf(`Reply ${status}`, response.content ?? {}))}
${curl ? html`<h4>Example</h4>\n<pre><code>${safe(curl)}</code></pre>` : ''}
${refused.length > 0 ? refusalsOf(refused) : ''}
</article>
`
}

function parametersOf(parameters: Parameter[]): Html {
  if (parameters.length === 0) return html``
  return html`<h4>Parameters</h4>
<dl>
${parameters.map(
  ({
    name,
    in: place,
    required,
    description,
    schema,
  }) => html`<dt><code>${safe(name)}</code> <span>${place}${required ? ', required' : ''}</span></dt>
<dd><span class="type">${typeOf(schema)}</span>${description ? html` ${prose(description)}` : ''}</dd>
`,
)}</dl>
`
}

function contentOf(title: string, content: Content): Html {
  return html`${Object.entries(content).map(
    ([
      type,
      { schema },
    ]) => html`<h4>${safe(title)}${type === 'application/json' ? '' : html` <span>${safe(type)}</span>`}</h4>
${schema ? schemaTable(schema) : ''}
`,
  )}`
}

function refusalsOf(refused: [string, Response][]): Html {
  return html`<details>
<summary>Refusals</summary>
<dl>
${refused.map(([status, { description }]) => html`<dt>${code(status)}</dt>\n<dd>${prose(description)}</dd>\n`)}</dl>
</details>
`
}
