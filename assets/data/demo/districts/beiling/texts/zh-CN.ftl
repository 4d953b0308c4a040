common-tagline = 山里有话坐下说
common-role-mediator = 和事员
case-role-mediator = 和事员
