// What a cluster on Azure needs: a store, Redis, AKS with a pool of GPUs, and one identity that may write the store.
//   az group create -n distributed -l westeurope
//   az deployment group create -g distributed -f infra/azure/main.bicep
// Then the secret of infra/kubernetes/base/kustomization.yaml; Redis's key: az redisenterprise database list-keys. Nothing secret is an output.

@description('Of everything; GPU sizes must be offered there.')
param location string = resourceGroup().location

@description('Begins all names: letters and digits, in lower case.')
@minLength(3)
@maxLength(11)
param prefix string = 'distributed'

@description('Size of control nodes.')
param controlSize string = 'Standard_D4s_v5'

@description('Size of worker nodes; an NVIDIA GPU each.')
param workerSize string = 'Standard_NC4as_T4_v3'

@description('Most worker nodes; the pool shrinks to none.')
@minValue(1)
@maxValue(1000)
param mostWorkers int = 8

@description('From where the API server may be reached, as address ranges; empty for anywhere.')
param apiServerRanges array = []

var suffix = uniqueString(resourceGroup().id)
var blobDataContributor = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '${prefix}-silo'
  location: location

  resource pods 'federatedIdentityCredentials' = {
    name: 'pods'
    properties: {
      issuer: cluster.properties.oidcIssuerProfile.issuerURL
      subject: 'system:serviceaccount:distributed:distributed'
      audiences: ['api://AzureADTokenExchange']
    }
  }
}

resource store 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: take('${prefix}${suffix}', 24)
  location: location
  kind: 'StorageV2'
  sku: { name: 'Standard_ZRS' }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowSharedKeyAccess: false
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }

  resource blobs 'blobServices' = {
    name: 'default'
    properties: {
      // An artifact or a log that someone deleted by mistake can be had back for a week.
      deleteRetentionPolicy: { enabled: true, days: 7 }
      containerDeleteRetentionPolicy: { enabled: true, days: 7 }
    }

    resource container 'containers' = {
      name: 'distributed'
      properties: { publicAccess: 'None' }
    }
  }
}

resource maySave 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(store::blobs::container.id, identity.id, blobDataContributor)
  scope: store::blobs::container
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', blobDataContributor)
  }
}

resource redis 'Microsoft.Cache/redisEnterprise@2024-10-01' = {
  name: '${prefix}-${suffix}'
  location: location
  sku: { name: 'Balanced_B1' }
  properties: { minimumTlsVersion: '1.2' }

  resource database 'databases' = {
    name: 'default'
    properties: {
      clientProtocol: 'Encrypted'
      port: 10000
      clusteringPolicy: 'EnterpriseCluster'
      // The table of silos must never be thrown away, and must be there after a restart: an empty one lets a second cluster form.
      evictionPolicy: 'NoEviction'
      persistence: { aofEnabled: true, aofFrequency: '1s' }
    }
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2024-09-01' = {
  name: prefix
  location: location
  identity: { type: 'SystemAssigned' }
  properties: {
    dnsPrefix: prefix
    enableRBAC: true
    disableLocalAccounts: false
    apiServerAccessProfile: empty(apiServerRanges) ? null : { authorizedIPRanges: apiServerRanges }
    oidcIssuerProfile: { enabled: true }
    securityProfile: { workloadIdentity: { enabled: true } }
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      // Without it the NetworkPolicies of infra/kubernetes would be words: Orleans speaks in plain text.
      networkPolicy: 'cilium'
      networkDataplane: 'cilium'
    }
    agentPoolProfiles: [
      {
        name: 'control'
        mode: 'System'
        count: 2
        vmSize: controlSize
        osType: 'Linux'
        availabilityZones: ['1', '2']
      }
      {
        name: 'gpu'
        mode: 'User'
        count: 1
        minCount: 0
        maxCount: mostWorkers
        enableAutoScaling: true
        vmSize: workerSize
        osType: 'Linux'
        nodeLabels: { accelerator: 'nvidia' }
        nodeTaints: ['nvidia.com/gpu=present:NoSchedule']
      }
    ]
  }
}

@description('Distributed:Store in infra/kubernetes/base/settings.yaml.')
output store string = '${store.properties.primaryEndpoints.blob}${store::blobs::container.name}'

@description('azure.workload.identity/client-id in infra/kubernetes/base/identity.yaml.')
output clientId string = identity.properties.clientId

@description('The address in the secret membership-connection: ADDRESS,ssl=true,password=KEY.')
output redis string = '${redis.properties.hostName}:${redis::database.properties.port}'

output cluster string = cluster.name
