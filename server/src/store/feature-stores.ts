/** What each feature of a room keeps, by the feature's name. */
export interface FeatureStores {}
