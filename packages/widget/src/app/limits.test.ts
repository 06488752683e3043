/** The limits that the widget repeats are the server's. */
import * as contracts from '@earshot/contracts'
import { expect, test } from 'vitest'
import * as limits from './limits.ts'

test('the widget knows the limits of the contracts', () => {
  expect({ ...limits }).toEqual({ MAX_MESSAGE: contracts.MAX_MESSAGE, MAX_FILE_BYTES: contracts.MAX_FILE_BYTES })
})
