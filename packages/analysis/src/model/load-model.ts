/** Reads a model that ships with this package. */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { type LinearModel, readModel } from './linear-model.ts'

export const loadModel = (name: string): LinearModel =>
  readModel(gunzipSync(readFileSync(new URL(`../../data/${name}.model.gz`, import.meta.url))))
