// One page for an operator: turns, what people waited, refusals, notices and the store. It reads the measurements of
// `src/server/observability/measures.ts`; a test holds the two together. Whoever may read the workspace may open it.
param location string
param tags object
param workspaceId string

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(workspaceId, 'learning-log')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: 'Learning Log'
    category: 'workbook'
    sourceId: workspaceId
    serializedData: replace(loadTextContent('../workbook.json'), '{workspaceId}', workspaceId)
  }
}
