/**
 * Three seconds of a hum with the rhythm of speech, so that a simulated voice note can be heard. The sound was made by
 * sine waves and filters and encoded once with libopus: 20 ms packets, one channel, about 10 kbit/s.
 * Layout of the bytes: the count of packets, the length of each (one byte), the packets one after the other.
 */
const BYTES = Buffer.from(
  [
    'lxgiGRIbGg8XGhkRDQ8ZFRQUFhYaFRYUFhQgGhkYExUUFREODw8XFRQYFhkXGRgWGBkZGx0XGhsgHxQfGxsUFRkTFRAVFRcWFhcVFhocGRgVHBgP',
    'DxEMEBIVGBUWFxQUExMVFxsbGxkdFxocHREcEBUTGxUXGBgYFxgQGRkXGh8XFxcYEhESGRIYExcYFBcXFhYYFRAXGA9IgRcsExN/SmjS0jHTJHSV',
    '6cxz/4ElcPJIq5B4yc3QmuPXZ2i5us8t7ykkTkmBiZzf0+YOJb0ze62ASLB+Tqb9tx3JWhcSaUFEF84i0hu3OVslzEiz2+8LUfSpKFkVrDTE2IZ0',
    'eEi00BBAeE8rPgYIsk8T9m7vIgEwk09aMIPoQEi1B1xzNQQ9i+yS08kTOVhet2RBAhRYwSNASLX+WroxQ8HNdzWWOqaISLUHf+zr2Vr+5KM1ZY/7',
    'Hxd5663EpnBItMzJQlWiyVXwMhEg0ilastmaoTzPUnDLmEizn2GIVWrzgm/iEvGbhly0/Y6gIQvtjIBIseE9nw9AJrOKaOJje0fa30ivy7ib7FtT',
    'FQ8GRYBIqqZHGDnVMjwgvgNHolFIONrgWmlhv0zNNxOvbl2x+U5fv2u03wjgSDgn0m1c9d8oIJn3vkSKXJqURsfASDgTxYFPaZ5dojG4EmshEbuW',
    'NYBIOBO/tkyRZYuf0Mq7faSwTjy+AUg4EVOrRhhy/NSwgkVLhx8qhRESqFBIN1diXTwGB4TbTJQESGj4dpY3GmvgSDdS/UlRG5+fAHxO1Ufzxt+d',
    'IIPFiqFkloBIN0Djq4HmpSn8Q9P0omo4Mf0I00BIN1JI8TVBWyRwFY7YevgsoAOntpn8SDdQSC0N0wu20q1nyfXqvY7dFORIN0DjJqJL+S0b1CDm',
    'AjBQiqE2VJ7ASDdDSM732RBpb4B/NhrsK+8szRhIgdCVwe/ipwCMbrL6KWNQBdlxRUe0+zqkb2bUW2NNcEij7AHWVWKubrYRQuwOG2levgni4T9X',
    'bTdASKUTYrM+l+HB8g0uDtrpWqJpsYpOEJP2aEilG05Ti+nd28yPurmP73W/3UtSaNIXYEilJUaBQ9tR6NAWasSdF4KognxIpSVGfs7ktxUgx1+V',
    'mwCkgE+gbaRIpQ9Saf3hCybNm/mHjBK1bC7PIEilJi6TFbcYRvKKvnvjf0I/3Nfs80ilJioyI1Bv2gFkRp1++LCwSKUmLUYN80C+TZfE9HBIpLRO',
    'C1KFDVNNtLricOlIo5jS6BPQvI7L9Bweq+BIohe7SFdsNgbo+Jio/SMAMjP4IoTbgEg3UEgtH9EgaKcLR0XZsJ1S5unkEEg3QPuFVA/BfFKppONZ',
    'NjdWGEYYSDdA+7XPf6IcXYUbrcyLpn9WL3g6LLVcSDdDVXsLOxXr4Z+/HsqjodKxkDoQSEg3QQrB4JYTnV+/8MNP4+F/wAlscOnbfjJIN0NTYzW/',
    'BrWy+9/aGY8jIxy1BvfnwEg3QOOrMWqbm6yOMd9vPo3vF21dHI924UBIN1MRfC5PX7dWl0g0IepCw68Ou8ZBd8dIN0NTcftfnhFbH0XM54knEm3h',
    '83L7SDdDVX/GRRFAX4neyrVsj8PxSR5mhh6wSDdSTDqXo5okNbnbVJakFTrjShWAfCCewEg3Ukw2FdqFeeIUE70g168Yqlk1ttWjSIBIob/dXSRs',
    'ptmmVxutKnyBBKuKm5oESCB0+4BIqhS3994FU8L35geuSuQKXW6IF3ipAWyrBchOdEithrEqof9CNsjQJd/sgydFMLkBISjASLDfuDFbplJk8fTB',
    'ZW8RqpglFl4Akm5EepZIsgFdiUNGt8KFo451ptYdPk+pRIYy/zX24KBIs8Hu/yBLXtzLDpvhrYhv0P2Fx6jATJzyBux5QntUYEizybjyzhkDoz/R',
    '2LSx5MBwzKmw/+1fadw0CTE+oNxItEMAxsXsq1iVPyNmep38q07lgEiz0CxKzYB/a3kgSCG+JwLOC4/8vPjViDEThYmqPeRIshfDZxy45I23wvCS',
    'S7VEBc2KnHChFq/K8ttIsC7NIBNgW3M45gVNpdL2WPAwasOU5jbg8YBIrhlldMlmm8flLxR0oF02PM98gEiqpSQrPJ1x79xhtBAbrs2uEAuGCEg4',
    'pS7aWtVmXQVMaxmcHmKS0/9Hk2vqsFRIN1A4gwRRuDKSj1PhFuhMvKPQSDdAsDlFmX61NAxFSvyG4UYrxEYPSAWDKBtHwlDm2oAz0PUBWkg3UDiD',
    'CTj4/0DiIljTfRsv+GmlgEg3QLA0yk+PTAzjI3M0ubQNsMfRYEg3J2YFr47CXbJRS7ZE86uS2A9hGTgISDZwQAE9iyjJ26CYiPa43h3N4ds7oEg2',
    'cohHkgMDTNSzmbCraGmTe/krMMhINnLfDiUQvw9EQ3D6lefXbnFCQo6mIEg2f8xeKNEQe3GaxLA0sqYer96z4Eg2cuNhIaAUZQteY6HqiY9pkelx',
    'fTNIgdJnRWIx8v4VeezPoqDjZDKBbawZ02q6QEimlzN4o4IS8tnJQcUARUY1iVKztpPTJC3y1bBIp/qaSZYli9yq9KUq9GK3wxKjRE3FDBMESKmP',
    'QWQ8FFi3VIx1Miae9v/ve+jZpQbgSKmZP9tcxVy99zshr2Ubf7YOB8csSKmPWcW8gIgabX7g4pzyepoEl6LNsKRumBwQQEipmUEI1HesMr6FHcRX',
    'WF7Rq9uKJAqs4Eipj1mUwNZv1sv+HV4F4EipST8RJphMLjblvMYSwEinkIyCxx0K8p/jW9EKgO8gSKYtqKN3hSeftrnASKS3M2NrIaGciDMdlRC7',
    'QEiiHrJONOH8KvOZXoldgx8qAkg4EW2RttyQ8Ct7mEjPmtRug4Ejlkg33kYVb9W1VlrluPZr9otmwxz8icJogEg3V3MM4o3NHNIng+YGCDaTWZAL',
    'XUg3Q1WBT3kn8kQO46pNS2cTb6G5T0ZIN2y9c75bNz0Jmy3pwolZTRS5nZO7wEg4E8N00MSJp3HWRrm7Xm1pgVkYSDgn0rtoGGf6L8qVR/S3PCrc',
    'OgJIOBO/HBP/9wURKTxwUoccOQvrSDgRVR0/t0Yb3PyAp7RPkCV7rkg4Cfa3UzxyRH5tiLt8UAE+RyN2wEg3QLDySRCX/507mr9Wk32WSUWyCHnw',
    'SDdbOTRBBLN/J3IWLDD3ztYO5W8ALIF+vSjASIH/YPHIVndIP/6fZbj+ELR160vnvfuafuagSKf81izUkCMc4jMlD8sIZl5nVKzdBXUz9yKvSKog',
    'XYSLhgLFHlOFOtbQdO6gX82bq/dDMkis4HtsxB4vR1drFGjd5ayDx9267ulghlLn4hHYSK8ru73anMaTt6V75Mpe+LumLgibL6pIsE74kMhDSVds',
    'hAjigaW16/7Q8DZikcYGyEiw4S2cl3sQSpik6APhLd/2v2RNncrOiL/PnQxIsfEGu42kUXutIBIRLUoHjIAIpgXQN6XRcwMG3EiyHTulFkBnoSnH',
    'pLLe8QCgSLHkY70JRh7IY0wstECGKeCIBbHD5gpxXVSZ0EiwRfttOxcQhuxMQwYeQcZIrhIWUtsYP43A/k5xlH+feIDpkSBIqPOCfvNW/GypNg/h',
    'HfLU7AmsSDfeFS/x703ZHcUEB4gMC0qCnlkdyh3Xoq/vSDdSPI1ulsEgyyTqY5jRZCVYFchaSDdQSfhd+z2G69GztyclzCAlPPFhLrhIN1MPzyer',
    'TrxkMvuXuWirohvAiBBFOeBIN0DjZ6lwJ+rcHu17HjZVDCsRcF3KboBIN1MRF0PyDRCRiirCyv/Q/XqXncSjpYBIN1MCbmRX/o7arzyDSuLA2FmN',
    'PCDaDEg3Rs0SilMVVlTQ3nvjTYSCto0B4AHQQEgFhNh4yeW0Rw5YG/M3ZYBIN0NVsxHhp8tuusOILMee0CIdqGA6sHSASDdTD+e6Pc6Qgl5kOBZZ',
    'svSj+l3XGLO/UEg3Q1WzEeM96XS0b1scS/vsyn8/vjeASIIALDp9pk8ePewnZXG5PoF/dpU4lTqVZWBIp/iRkxJerSZemX4YKViMfHtP5bwl39g4',
    'X8+1boCJSKnPLVttPPOlP/OfYPSsUjiU1t14JMBIrPTBZEvQUBa4EBZZFvcaGRj+ooLHdkitfDlzn2YIpbNra9+1HngH4BjYdFXySK60jLtuIfqg',
    'Ld0CIUHrpqeCETPrLxUQSK4ktImL0wf1LAb/Hz4/lHS4SKz/sMLLb9GsYM8V8FaCfOBIrP+wUQ+Jjg4xWUFBCl4kn8BIqrXL+wF23Y/iXSy5fl0v',
    'RnttTHFl0KegSKkAPiJLgi5dXk8MycnkD/fISKYt4tL3de4iucbmuqn5gsbFHdpUJDDmSKSmf7UeC1l6XJydM5cAqrRldEg390SQ1S0Yrrsm5u2G',
    'h9fmnin4nps1SDdAsPy6odTWZ/azzfMzNHXNjWsWR4pYSDdAsDTKbcGf8DNiI9a0Lv+MTlRIN0LAC9PINtqaeHikkput75/BgE0oiEg3UEZDg0Cm',
    'vzPsMzWEMRlpYDtylqRASDdEFBK7Yu+NB7Byitz+YQAz23W7+Eg3Qt4yB7Guzmc0FhYcK+x5sXLbciBIN0Cw96p9m46vwG4zBlBeB9mQQJvY6fBI',
    'N0QUIl22IgHSnzYF6XK4Ge0pYRBIBYLcXAn3au/4BXbxIXsYSDdRtXe9mtBdc8DYpFhYUVTV4T2vttFIN0uypxSy2n5iQP9TzHAYRC64TtfC7+FI',
    'BXmQDovJSOwp8OfBO/o=',
  ].join(''),
  'base64',
)

/** The packets of the hum, each 20 ms long, in order; played round and round they make a sound of any length. */
export const humPackets: readonly Buffer[] = readPackets()

function readPackets(): Buffer[] {
  const count = BYTES[0] ?? 0
  let start = 1 + count
  return Array.from({ length: count }, (_value, index) => {
    const length = BYTES[1 + index] ?? 0
    start += length
    return BYTES.subarray(start - length, start)
  })
}
